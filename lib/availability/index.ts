export * from './autoscaling';
export * from './disruption-guard';
export * from './props';
export * from './spread';
