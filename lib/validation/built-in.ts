import { Severity } from '../findings';

/** A finding that comes from the run of the rules itself. */
export interface BuiltIn {
  readonly id: string;
  readonly severity: Severity;
  readonly why: string;
}

export const UNUSED_ACKNOWLEDGEMENT: BuiltIn = {
  id: 'findings/unused-acknowledgement',
  severity: Severity.WARNING,
  why: `Somebody accepted a finding that does not exist here, or does not exist any more. Left in place it would silence the
next one, which nobody has thought about.`,
};

export const ACKNOWLEDGEMENT_WITHOUT_REASON: BuiltIn = {
  id: 'findings/acknowledgement-without-reason',
  severity: Severity.ERROR,
  why: `An acknowledgement is a message to the next reader. Without a reason nobody can tell whether it still holds, so it
silences nothing.`,
};

export const EXPIRED_ACKNOWLEDGEMENT: BuiltIn = {
  id: 'findings/expired-acknowledgement',
  severity: Severity.WARNING,
  why: `Somebody accepted a finding until a day that has passed. It silences nothing any more: mend what it was about, or decide
anew and give it another day.`,
};

export const OBJECT_WITHOUT_NAME: BuiltIn = {
  id: 'findings/object-without-name',
  severity: Severity.ERROR,
  why: `An object needs \`metadata.name\`, or \`metadata.generateName\` where it is created and never applied. Without either the API
server refuses it.`,
};

export const OBJECT_NOT_RENDERED: BuiltIn = {
  id: 'findings/object-not-rendered',
  severity: Severity.ERROR,
  why: `The object cannot be written: two constructs claim the same field, a patch names a path that is not there, or foreign
code threw. The other objects were checked all the same.`,
};

export const DUPLICATE_OBJECT: BuiltIn = {
  id: 'findings/duplicate-object',
  severity: Severity.ERROR,
  why: `Two objects of one kind, namespace and name are one object in the cluster: the one that is applied last replaces the
other, which is lost without a word.`,
};

export const RULE_CRASHED: BuiltIn = {
  id: 'findings/rule-crashed',
  severity: Severity.WARNING,
  why: `A rule threw, which is a fault of this library. The other rules ran all the same.`,
};

export const BUILT_INS: readonly BuiltIn[] = [
  ACKNOWLEDGEMENT_WITHOUT_REASON,
  DUPLICATE_OBJECT,
  EXPIRED_ACKNOWLEDGEMENT,
  OBJECT_NOT_RENDERED,
  OBJECT_WITHOUT_NAME,
  RULE_CRASHED,
  UNUSED_ACKNOWLEDGEMENT,
];
