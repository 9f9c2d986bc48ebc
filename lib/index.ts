export * from './app';
export * from './availability';
export * from './canary';
export * from './findings';
export * from './synthesis';
export * from './testing';
export * from './validation';
export * from './values';
