export * from './apps-v1';
export * from './batch-v1';
export * from './core-v1';
export { emit, isEmitted } from './emit';
export * from './manifest';
export * from './policy-v1';
export { Renderings } from './renderings';
