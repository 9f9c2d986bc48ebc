import { ObjectFact, type Source } from './object';
import { below, fields, text, texts } from './read';

/** Istio's PeerAuthentication: whether pods accept plain text. */
export class PeerAuthenticationFact extends ObjectFact {
  /** The fact if the object is a PeerAuthentication. */
  public static read(source: Source, object: ObjectFact): PeerAuthenticationFact | undefined {
    return object.isOf('security.istio.io', 'PeerAuthentication') ? new PeerAuthenticationFact(source) : undefined;
  }

  /** The labels of the pods that it is for; undefined means all of the namespace. */
  public get podLabels(): Readonly<Record<string, string>> | undefined {
    const labels = texts(below(this.spec, 'selector', 'matchLabels'));
    return Object.keys(labels).length === 0 ? undefined : labels;
  }

  /** `STRICT`, `PERMISSIVE`, `DISABLE`; undefined leaves it to the next wider one. */
  public get mode(): string | undefined {
    return readMode(this.spec.mtls);
  }

  /** The mode of one port of the pods; only where the pods are chosen by labels may ports differ. */
  public modeOf(port: number): string | undefined {
    const ofPort = this.podLabels && readMode(fields(this.spec.portLevelMtls)[String(port)]);
    return ofPort ?? this.mode;
  }
}

function readMode(mtls: unknown): string | undefined {
  const mode = text(fields(mtls).mode);
  return mode === 'UNSET' ? undefined : mode;
}
