export * from './app-validation';
export * from './manifest-check';
export * from './plugin-properties';
export * from './production-validation';
export * from './reachability';
