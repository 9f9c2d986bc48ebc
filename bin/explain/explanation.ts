import type { WorkloadFact } from '../../lib/facts';
import { fields } from '../../lib/facts/read';

/** Where a number comes from. */
export interface Because {
  readonly field: string;
  readonly value: string | number;
  /** What is taken for it, since the manifest says nothing. */
  readonly isDefault: boolean;
}

/** One thing that happens. */
export interface Event {
  /** When, in seconds from the begin of the section; undefined where it depends on something else. */
  readonly at: string | undefined;
  readonly what: string;
  readonly because: readonly Because[];
}

/** What a workload will do, and when. */
export interface Explanation {
  readonly object: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
  };
  readonly start: readonly Event[];
  readonly rollout: readonly Event[];
  readonly stop: readonly Event[];
  readonly drain: readonly Event[];
}

/** Says things of one workload, with the fields that they follow from. */
export class Teller {
  public constructor(private readonly workload: WorkloadFact) {}

  /** Something that happens at a time. */
  public at(at: string | number | undefined, what: string, ...because: readonly Because[]): Event {
    return { at: typeof at === 'number' ? `${at} s` : at, what, because };
  }

  /** The field that a number stands in; marked as a default where the manifest does not have it. */
  public field(field: string, value: string | number): Because {
    return { field, value, isDefault: written(this.workload.manifest, field) === undefined };
  }
}

function written(manifest: unknown, field: string): unknown {
  const keys = [...field.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)].map(([whole, inner]) => inner ?? whole);
  return keys.reduce<unknown>((at, key) => (Array.isArray(at) ? at[Number(key)] : fields(at)[key]), manifest);
}
