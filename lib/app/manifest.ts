import { renderSpread } from '../availability/manifest';
import type {
  ContainerManifest,
  CronJobSpecManifest,
  DeploymentSpecManifest,
  JobSpecManifest,
  LifecycleManifest,
  PodSpecManifest,
  PodTemplateManifest,
  ProbeManifest,
} from '../manifests';
import { INSTANCE_LABEL } from '../values/labels';
import type { BatchIntent, CronIntent, DeploymentIntent } from './intent';
import type { ContainerIntent, MountIntent, PodIntent } from './pod-intent';
import type { ProbeIntent } from './probes';
import type { Toleration } from './props';
import type { StopPlan } from './stop';

const REVISIONS = 5;

/** The Deployment's spec. */
export function renderDeployment(intent: DeploymentIntent): DeploymentSpecManifest {
  const { rolling, pod } = intent;
  const { [INSTANCE_LABEL]: instance = '' } = pod.labels;
  return {
    replicas: intent.replicas,
    minReadySeconds: intent.minReady,
    progressDeadlineSeconds: intent.progressDeadline,
    revisionHistoryLimit: REVISIONS,
    selector: { matchLabels: intent.selector },
    strategy: rolling
      ? {
          type: 'RollingUpdate',
          rollingUpdate: {
            maxSurge: rolling.surge._toManifest(),
            maxUnavailable: rolling.unavailable._toManifest(),
          },
        }
      : { type: 'Recreate' },
    template: renderPod(pod, intent.spread && renderSpread(intent.spread, { [INSTANCE_LABEL]: instance })),
  };
}

/** The Job's spec. */
export function renderJob({ job, pod }: BatchIntent): JobSpecManifest {
  return {
    activeDeadlineSeconds: job.deadline,
    backoffLimit: job.retries,
    completions: job.completions,
    parallelism: job.parallelism,
    ttlSecondsAfterFinished: job.keptFor,
    template: renderPod(pod, { restartPolicy: 'Never' }),
  };
}

/** The CronJob's spec around that of its Jobs. */
export function renderCronJob(
  cron: CronIntent,
  labels: Readonly<Record<string, string>>,
  job: JobSpecManifest,
): CronJobSpecManifest {
  return {
    schedule: cron.schedule,
    timeZone: cron.timeZone,
    concurrencyPolicy: cron.overlap,
    startingDeadlineSeconds: 300,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 3,
    jobTemplate: { metadata: { labels }, spec: job },
  };
}

function renderPod(pod: PodIntent, further: Partial<PodSpecManifest> = {}): PodTemplateManifest {
  const { props } = pod;
  const inits = [...pod.inits.map((one) => renderContainer(one)), ...pod.sidecars.map(renderSidecar)];
  return {
    metadata: { annotations: pod.annotations, labels: pod.labels },
    spec: {
      automountServiceAccountToken: props.keepToken ?? false,
      enableServiceLinks: false,
      serviceAccountName: pod.serviceAccount,
      terminationGracePeriodSeconds: pod.grace,
      priorityClassName: props.priorityClass,
      nodeSelector: props.nodeSelector,
      tolerations: props.tolerations?.map(renderToleration),
      imagePullSecrets: props.pullSecrets?.map((name) => ({ name })),
      securityContext: {
        runAsNonRoot: true,
        runAsUser: props.userId,
        runAsGroup: props.groupId,
        fsGroup: props.volumeGroupId,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      ...(pod.onNodes !== undefined && renderOnNodes(pod.onNodes)),
      ...further,
      initContainers: inits.length === 0 ? undefined : inits,
      containers: pod.containers.map(renderContainer),
      volumes: pod.volumes.length === 0 ? undefined : pod.volumes.map(({ name, source }) => ({ name, ...source })),
    },
  };
}

/** In the network of these nodes; by their names, since labels of nodes are somebody else's. */
function renderOnNodes(nodes: readonly string[]): Partial<PodSpecManifest> {
  const nodeSelectorTerms = nodes.map((node) => ({
    matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }],
  }));
  return {
    hostNetwork: true,
    dnsPolicy: 'ClusterFirstWithHostNet',
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
  };
}

function renderSidecar(intent: ContainerIntent): ContainerManifest {
  return { ...renderContainer(intent), restartPolicy: 'Always' };
}

function renderContainer({ name, props, ports, env, probes, stop, mounts }: ContainerIntent): ContainerManifest {
  const sources = [
    ...(props.envFromConfigMaps ?? []).map((source) => ({ configMapRef: { name: source } })),
    ...(props.envFromSecrets ?? []).map((source) => ({ secretRef: { name: source } })),
  ];
  return {
    name,
    image: props.image,
    imagePullPolicy: props.pullPolicy,
    command: props.command,
    args: props.args,
    workingDir: props.workingDirectory,
    ports:
      ports.length === 0
        ? undefined
        : ports.map((port) => ({ name: port.name, containerPort: port.number, protocol: 'TCP' as const })),
    envFrom: sources.length === 0 ? undefined : sources,
    env: env.length === 0 ? undefined : env,
    resources: props.resources._manifest,
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: !props.writableRoot,
      capabilities: { drop: ['ALL'] },
    },
    startupProbe: probes.startup && renderProbe(probes.startup),
    readinessProbe: probes.readiness && renderProbe(probes.readiness),
    livenessProbe: probes.liveness && renderProbe(probes.liveness),
    lifecycle: renderLifecycle(stop),
    volumeMounts: mounts.length === 0 ? undefined : mounts.map(renderMount),
  };
}

function renderProbe({ handler, port = 0, period, timeout, failures, grace }: ProbeIntent): ProbeManifest {
  const times = {
    periodSeconds: period,
    timeoutSeconds: timeout,
    failureThreshold: failures,
    terminationGracePeriodSeconds: grace,
  };
  switch (handler.kind) {
    case 'command':
      return { exec: { command: handler.command }, ...times };
    case 'grpc':
      return { grpc: { port: Number(port), service: handler.service }, ...times };
    case 'tcp':
      return { tcpSocket: { port }, ...times };
    default: {
      const headers = Object.entries(handler.headers).map(([name, value]) => ({ name, value }));
      return {
        httpGet: {
          path: handler.path,
          port,
          scheme: handler.kind === 'https' ? 'HTTPS' : undefined,
          httpHeaders: headers.length === 0 ? undefined : headers,
        },
        ...times,
      };
    }
  }
}

function renderLifecycle({ preStop }: StopPlan): LifecycleManifest | undefined {
  if (preStop === undefined) return undefined;
  const hook =
    preStop.kind === 'sleep' ? { sleep: { seconds: preStop.seconds } } : { exec: { command: preStop.command } };
  return { preStop: hook };
}

function renderMount({ name, mountPath, readOnly, subPath }: MountIntent): object {
  return { name, mountPath, subPath, ...(readOnly && { readOnly }) };
}

function renderToleration({ key, value, effect }: Toleration): object {
  return { key, operator: value === undefined ? 'Exists' : 'Equal', value, effect };
}
