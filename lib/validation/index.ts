export * from './manifest-check';
export * from './production-validation';
