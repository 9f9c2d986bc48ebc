import type { Texts } from './manifest';

/** The fields of `v1` that this library writes. */
export interface LabelSelectorManifest {
  readonly matchLabels: Texts;
}

export interface ProbeManifest {
  readonly httpGet?: {
    readonly path: string;
    readonly port: string | number;
    readonly scheme?: 'HTTPS';
    readonly httpHeaders?: readonly { readonly name: string; readonly value: string }[];
  };
  readonly grpc?: { readonly port: number; readonly service?: string };
  readonly tcpSocket?: { readonly port: string | number };
  readonly exec?: { readonly command: readonly string[] };
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
  readonly terminationGracePeriodSeconds?: number;
}

export interface LifecycleManifest {
  readonly preStop?: {
    readonly sleep?: { readonly seconds: number };
    readonly exec?: { readonly command: readonly string[] };
  };
}

export interface ContainerManifest {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy?: string;
  readonly restartPolicy?: 'Always';
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly workingDir?: string;
  readonly ports?: readonly { readonly name: string; readonly containerPort: number; readonly protocol: 'TCP' }[];
  readonly envFrom?: readonly object[];
  readonly env?: readonly object[];
  readonly resources: object;
  readonly securityContext: object;
  readonly startupProbe?: ProbeManifest;
  readonly readinessProbe?: ProbeManifest;
  readonly livenessProbe?: ProbeManifest;
  readonly lifecycle?: LifecycleManifest;
  readonly volumeMounts?: readonly object[];
}

export interface PodSpecManifest {
  readonly automountServiceAccountToken: boolean;
  readonly enableServiceLinks: false;
  readonly serviceAccountName: string;
  readonly terminationGracePeriodSeconds: number;
  readonly restartPolicy?: 'Never' | 'OnFailure';
  readonly priorityClassName?: string;
  readonly nodeSelector?: Texts;
  readonly tolerations?: readonly object[];
  readonly affinity?: object;
  readonly hostNetwork?: true;
  readonly dnsPolicy?: 'ClusterFirstWithHostNet';
  readonly imagePullSecrets?: readonly { readonly name: string }[];
  readonly securityContext: object;
  readonly topologySpreadConstraints?: readonly object[];
  readonly initContainers?: readonly ContainerManifest[];
  readonly containers: readonly ContainerManifest[];
  readonly volumes?: readonly object[];
}

export interface PodTemplateManifest {
  readonly metadata: { readonly annotations?: Texts; readonly labels: Texts };
  readonly spec: PodSpecManifest;
}

export interface ServiceSpecManifest {
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer';
  readonly clusterIP?: 'None';
  readonly externalTrafficPolicy?: 'Local';
  readonly loadBalancerClass?: string;
  readonly loadBalancerSourceRanges?: readonly string[];
  readonly selector?: Texts;
  readonly ports: readonly {
    readonly name: string;
    readonly port: number;
    readonly targetPort: string | number;
    readonly nodePort?: number;
    readonly protocol: 'TCP';
    readonly appProtocol?: string;
  }[];
}
