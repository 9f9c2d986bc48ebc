/** What a ServiceMonitor and a PodMonitor ask. */
export interface MonitorEndpointManifest {
  readonly port: string;
  readonly path: string;
  readonly interval: string;
}

/** The fields of a ServiceMonitor that this library writes. */
export interface ServiceMonitorSpecManifest {
  readonly selector: { readonly matchLabels: object };
  readonly podTargetLabels: readonly string[];
  readonly endpoints: readonly MonitorEndpointManifest[];
}

/** The fields of a PodMonitor that this library writes. */
export interface PodMonitorSpecManifest {
  readonly selector: { readonly matchLabels: object };
  readonly podTargetLabels: readonly string[];
  readonly podMetricsEndpoints: readonly MonitorEndpointManifest[];
}
