export * from './production-app';
