export * from './app-workload';
export * from './batch-task';
export * from './container-props';
export * from './deployed-app';
export {
  Exposure,
  type HttpRouteOptions,
  type IngressOptions,
  type LoadBalancerOptions,
  type NodePortOptions,
} from './exposure';
export {
  type CommandHealthOptions,
  type GrpcHealthOptions,
  HealthCheck,
  type HealthCheckOptions,
  type HeartbeatOptions,
  type HttpHealthOptions,
} from './health-check';
export { type MountOptions, MountSource } from './mount-source';
export * from './props';
export * from './scratch';
export { Shutdown, type ShutdownOptions, StopStrategy } from './shutdown';
export * from './sidecar';
export * from './web-app';
export * from './worker';
