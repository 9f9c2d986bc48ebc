import { ApiObject, type JsonPatch } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { applyPatches, emit, type PodTemplateManifest, Renderings } from '../manifests';
import { at, invalid } from '../values/invalid';
import { INSTANCE_LABEL } from '../values/labels';
import { dnsLabel, envName } from '../values/names';
import { plus } from '../values/plus';
import { TargetCluster } from '../values/target-cluster';
import type { InitContainerOptions } from './container-props';
import { type Identity, resolveIdentity } from './intent';
import type { MountOptions } from './mount-source';
import { introduce } from './neighbours';
import type { PodParts } from './pod-intent';
import type { AppWorkloadProps } from './props';
import { Scratch, type ScratchOptions } from './scratch';
import type { Sidecar } from './sidecar';

/**
 * What apps, workers and tasks have in common: one pod template to which containers, volumes and variables are added.
 *
 * Can be given to a cdk8s-plus `Service` or `NetworkPolicy`, which then select its pods.
 */
export abstract class AppWorkload extends Construct implements kplus.IPodSelector, kplus.INetworkPolicyPeer {
  /** Name of the workload and of everything that belongs to it. */
  public readonly name: string;
  /** @internal */
  protected readonly _identity: Identity;
  /** @internal */
  protected readonly _target: TargetCluster;
  /** @internal */
  protected readonly _parts: PodParts = { sidecars: [], inits: [], scratches: [], mounts: [], env: [], ports: [] };
  private readonly containerPatches: { readonly container: string; readonly operations: JsonPatch[] }[] = [];

  /**
   * Only for the classes of this library.
   *
   * @param scope a chart, or a construct in one
   * @param id names the app unless `name` does
   * @param props what all forms have in common
   */
  protected constructor(scope: Construct, id: string, props: AppWorkloadProps) {
    super(scope, id);
    this._target = TargetCluster.find(this);
    this._identity = at(this, () => resolveIdentity(id, props));
    this.name = this._identity.name;
    introduce(this);
    if (props.serviceAccount === undefined) {
      emit(this, 'ServiceAccount', this._head('v1', 'ServiceAccount'), {
        automountServiceAccountToken: () => props.keepToken ?? false,
      });
    }
  }

  /**
   * Adds a container that helps the app.
   *
   * @param sidecar the container
   * @throws if its name is taken, the target lacks its form, or the app was written already
   */
  public addSidecar(sidecar: Sidecar): void {
    this._change(this._parts.sidecars, sidecar);
  }

  /**
   * Adds a container that ends before the app starts; they run in the order in which they were added.
   *
   * @param name DNS label, unique in the pod
   * @param options what it runs
   * @throws if its name is taken, or the app was written already
   */
  public addInitContainer(name: string, options: InitContainerOptions): void {
    this._change(this._parts.inits, { name, options });
  }

  /**
   * Adds a volume that is empty at the start of the pod, for the app and its sidecars.
   *
   * @param name DNS label, unique in the pod
   * @param options its place and its size
   * @throws if its name or its place is taken, or the app was written already
   */
  public addScratch(name: string, options: ScratchOptions): Scratch {
    const scratch = at(this, () => Scratch._of(dnsLabel('addScratch', name), options));
    this._change(this._parts.scratches, scratch);
    return scratch;
  }

  /**
   * Lets the app see configuration, secrets or stored data as files. Pods are rolled when configuration changes that the same
   * app of cdk8s makes.
   *
   * @param name DNS label, unique in the pod
   * @param options place and source
   * @throws if its name or its place is taken, or the app was written already
   */
  public mount(name: string, options: MountOptions): void {
    this._change(this._parts.mounts, { name, options });
    const files = options.source._intent.files;
    if (files === undefined) return;
    const object = `${this.name}-${dnsLabel('mount', name)}`;
    emit(this, `Config-${name}`, this._head('v1', 'ConfigMap', object), { data: () => files });
  }

  /**
   * Adds an environment variable whose value comes from elsewhere; plain values go into `env`.
   *
   * @param name name of the variable
   * @param value where the value comes from
   * @throws if the name is taken, or the app was written already
   */
  public addEnv(name: string, value: kplus.EnvValue): void {
    at(this, () => envName('addEnv', name));
    this._change(this._parts.env, { name, value });
  }

  /**
   * Changes the workload's manifest after everything else: for fields that no prop has. The result is checked as everything is.
   *
   * @param operations patches on the manifest, for example `JsonPatch.add('/spec/template/spec/hostname', 'web')`
   */
  public patch(...operations: JsonPatch[]): void {
    this._refuseIfWritten();
    ApiObject.of(this).addJsonPatch(...operations);
  }

  /**
   * Changes one container, found by its name.
   *
   * @param container name of a container, sidecar or init container
   * @param operations patches on the container, for example `JsonPatch.add('/tty', true)`
   * @throws at synthesis, if there is no such container or path
   */
  public patchContainer(container: string, ...operations: JsonPatch[]): void {
    this._change(this.containerPatches, { container, operations });
  }

  /** The pods of this app in all variants, for cdk8s-plus; in their namespace, since a policy elsewhere may name them. */
  public toPodSelectorConfig(): kplus.PodSelectorConfig {
    const { namespace } = ApiObject.of(this).metadata;
    return {
      labelSelector: plus().LabelSelector.of({ labels: { ...this._podLabels } }),
      namespaces: namespace === undefined ? undefined : { names: [namespace] },
    };
  }

  /** The pods of this app as a peer of a cdk8s-plus `NetworkPolicy`. */
  public toNetworkPolicyPeerConfig(): kplus.NetworkPolicyPeerConfig {
    return { podSelector: this.toPodSelectorConfig() };
  }

  /** This app as a selector of pods, for cdk8s-plus. */
  public toPodSelector(): kplus.IPodSelector | undefined {
    return this;
  }

  /**
   * What all variants of the app bear.
   *
   * @internal
   */
  public get _podLabels(): Readonly<Record<string, string>> {
    return { [INSTANCE_LABEL]: this.name };
  }

  /**
   * Whether its pods are in the network of their nodes, where policies of pods do not hold.
   *
   * @internal
   */
  public get _isOnHosts(): boolean {
    return false;
  }

  /**
   * Kind, name and labels of an object of this app.
   *
   * @internal
   */
  protected _head(apiVersion: string, kind: string, name = this.name, annotations?: Readonly<Record<string, string>>) {
    return { apiVersion, kind, metadata: { name, labels: this._identity.labels, annotations } };
  }

  /**
   * Refuses a change that would be in no file.
   *
   * @internal
   */
  protected _refuseIfWritten(): void {
    if (!Renderings.of(this).areWritten) return;
    const problem = 'its manifests are written already, so that this would be in none';
    throw invalid(`[${this.node.path}] app`, problem, 'call it before app.synth()');
  }

  /**
   * Adds something, resolves everything to see that it fits, and takes it back if it does not.
   *
   * @internal
   */
  protected _change<T>(collection: T[], item: T): void {
    this._refuseIfWritten();
    at(this, () => {
      collection.push(item);
      try {
        this._resolve();
      } catch (error) {
        collection.pop();
        throw error;
      }
    });
  }

  /**
   * Resolves props and parts; throws if they do not fit together.
   *
   * @internal
   */
  protected abstract _resolve(): unknown;

  /**
   * Applies the patches on containers.
   *
   * @internal
   */
  protected _patched(template: PodTemplateManifest): PodTemplateManifest {
    let { containers, initContainers } = template.spec;
    for (const { container, operations } of this.containerPatches) {
      const all = [...containers, ...(initContainers ?? [])].map(({ name }) => name);
      if (!all.includes(container)) {
        throw invalid('patchContainer', `there is no container \`${container}\``, `use one of ${all.join(', ')}`);
      }
      const change = <T extends { readonly name: string }>(one: T): T =>
        one.name === container ? applyPatches<T>(JSON.parse(JSON.stringify(one)), operations) : one;
      containers = containers.map(change);
      initContainers = initContainers?.map(change);
    }
    return { ...template, spec: { ...template.spec, containers, initContainers } };
  }
}
