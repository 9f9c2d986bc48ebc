export * from './finding';
export * from './findings';
export type { ObjectReference } from './object-reference';
export * from './severity';
