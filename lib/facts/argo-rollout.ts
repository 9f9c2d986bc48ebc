import { CountOrPercent } from '../values/count-or-percent';
import type { ObjectFact, Source } from './object';
import { below, type Fields, fields, int, list, text, textList } from './read';
import { type RolloutFact, TEMPLATE, WorkloadFact } from './workload';

/** One step of a canary. */
export interface RolloutStep {
  readonly field: string;
  readonly manifest: Fields;
}

/** A VirtualService that an Argo Rollout shifts weights in. */
export interface RolloutVirtualService {
  readonly field: string;
  readonly namespace: string;
  readonly name: string;
  /** The routes that it changes; empty means the only one. */
  readonly routes: readonly string[];
}

/** Subsets that an Argo Rollout points at its stable and its new pods. */
export interface RolloutSubsets {
  readonly field: string;
  readonly name: string;
  readonly stable: string | undefined;
  readonly canary: string | undefined;
}

/** A Service whose selector an Argo Rollout writes. */
export interface RolloutService {
  readonly field: string;
  readonly name: string;
}

const ROUTERS = ['alb', 'ambassador', 'apisix', 'appMesh', 'istio', 'nginx', 'smi', 'traefik'];

const SERVICES: readonly (readonly string[])[] = [
  ['canary', 'stableService'],
  ['canary', 'canaryService'],
  ['canary', 'pingPong', 'pingService'],
  ['canary', 'pingPong', 'pongService'],
  ['blueGreen', 'activeService'],
  ['blueGreen', 'previewService'],
];

/** Argo's Rollout: a workload whose releases go by steps. */
export class ArgoRolloutFact extends WorkloadFact {
  /** The fact if the object is a Rollout. */
  public static override read(source: Source, object: ObjectFact): ArgoRolloutFact | undefined {
    return object.isOf('argoproj.io', 'Rollout') ? new ArgoRolloutFact(source, TEMPLATE) : undefined;
  }

  /** What kind of object the template is taken from. */
  public get templateKind(): string {
    return text(below(this.spec, 'workloadRef', 'kind')) ?? 'Deployment';
  }

  /** `spec.strategy.canary`; empty where the strategy is another. */
  public get canary(): Fields {
    return fields(below(this.spec, 'strategy', 'canary'));
  }

  /** `spec.strategy.blueGreen`; empty where the strategy is another. */
  public get blueGreen(): Fields {
    return fields(below(this.spec, 'strategy', 'blueGreen'));
  }

  /** `spec.strategy.canary.steps`. */
  public get steps(): readonly RolloutStep[] {
    return list(this.canary.steps).map((step, index) => ({
      field: `spec.strategy.canary.steps[${index}]`,
      manifest: fields(step),
    }));
  }

  /** Whether the stable and the new pods change their Services with each release. */
  public get isPingPong(): boolean {
    const { pingPong } = this.canary;
    return pingPong !== undefined && pingPong !== null;
  }

  /** Every Service that it writes the selector of. */
  public get services(): readonly RolloutService[] {
    return SERVICES.flatMap((path) => {
      const name = text(below(this.spec, 'strategy', ...path));
      return name ? [{ field: ['spec.strategy', ...path].join('.'), name }] : [];
    });
  }

  /** What shifts requests beside replica counts; undefined where nothing does. */
  public get trafficRouting(): Fields | undefined {
    const routing = this.canary.trafficRouting;
    return routing === undefined || routing === null ? undefined : fields(routing);
  }

  /** The routers in use, as `istio`. */
  public get routers(): readonly string[] {
    const routing = this.trafficRouting ?? {};
    const named = ROUTERS.filter((router) => routing[router] !== undefined && routing[router] !== null);
    return Object.keys(fields(routing.plugins)).length === 0 ? named : [...named, 'plugins'];
  }

  /** The Service of the pods that serve; ping and pong change places with each release. */
  public get stableService(): string | undefined {
    const { pongService } = fields(this.canary.pingPong);
    return text(this.canary.stableService) || text(this.blueGreen.activeService) || text(pongService) || undefined;
  }

  /** The Service of the pods that are tried. */
  public get canaryService(): string | undefined {
    const { pingService } = fields(this.canary.pingPong);
    return text(this.canary.canaryService) || text(this.blueGreen.previewService) || text(pingService) || undefined;
  }

  /** The VirtualServices that it changes. */
  public get virtualServices(): readonly RolloutVirtualService[] {
    const istio = fields(this.trafficRouting?.istio);
    const at = 'spec.strategy.canary.trafficRouting.istio';
    const single = istio.virtualService ?? undefined;
    const one = single === undefined ? [] : [this.virtualService(single, `${at}.virtualService`)];
    const many = list(istio.virtualServices).map((each, index) =>
      this.virtualService(each, `${at}.virtualServices[${index}]`),
    );
    return [...one, ...many];
  }

  /** The namespace may stand behind the name, after a dot. */
  private virtualService(value: unknown, field: string): RolloutVirtualService {
    const { name: written, routes } = fields(value);
    const [name = '', namespace = this.namespace] = (text(written) ?? '').split('.');
    return { field, namespace, name, routes: textList(routes) };
  }

  /** The subsets that it changes. */
  public get subsets(): RolloutSubsets | undefined {
    const rule = fields(this.trafficRouting?.istio).destinationRule;
    if (rule === undefined || rule === null) return undefined;
    const { name, stableSubsetName, canarySubsetName } = fields(rule);
    return {
      field: 'spec.strategy.canary.trafficRouting.istio.destinationRule',
      name: text(name) ?? '',
      stable: text(stableSubsetName) || undefined,
      canary: text(canarySubsetName) || undefined,
    };
  }

  /** The weight that means all requests. */
  public get maxWeight(): number {
    return int(this.trafficRouting?.maxTrafficWeight) ?? 100;
  }

  /** Names of routes that it makes and removes by itself. */
  public get managedRoutes(): readonly string[] {
    return list(this.trafficRouting?.managedRoutes).flatMap((route) => text(fields(route).name) ?? []);
  }

  /** How many pods there may be more and fewer, without a traffic router. */
  public get surge(): RolloutFact {
    return {
      field: 'spec.strategy.canary',
      stopsFirst: false,
      maxSurge: CountOrPercent._parse(this.canary.maxSurge) ?? CountOrPercent.percent(25),
      maxUnavailable: CountOrPercent._parse(this.canary.maxUnavailable) ?? CountOrPercent.percent(25),
    };
  }
}
