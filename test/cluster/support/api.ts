/** An object of the cluster, or one that shall become one. */
export type Manifest = any;

/** What the server said. */
export interface Answer {
  readonly status: number;
  readonly body: any;
  /** What it took and yet warns of. */
  readonly warning: string;
}

/** How an object is applied. */
export interface ApplyOptions {
  /** Judge it, and store nothing. */
  readonly dryRun?: boolean;
  /** Who owns the fields. */
  readonly manager?: string;
  /** Take fields that others own. */
  readonly force?: boolean;
}

/** A server that did not do what was asked of it. */
export class Refused extends Error {
  public constructor(
    where: string,
    public readonly status: number,
    public readonly said: string,
  ) {
    super(`${where}: ${status} ${said}`);
  }
}

const MANAGER = 'cdk8s-patterns-test';
const PATIENCE = 30_000;
const MOST_TRIES = 3;
const BEFORE_NEXT_TRY = 1000;
/** Answers that say nothing of the object. */
const AWAY = [401, 429, 502, 503, 504];

/**
 * The API server behind a `kubectl proxy`, which knows every way to log in and saves a process for each question.
 *
 * An apply is what `kubectl apply --server-side --validate=strict` sends.
 */
export class Api {
  private readonly plurals = new Map<string, Promise<Map<string, { plural: string; namespaced: boolean }>>>();

  public constructor(private readonly base: string) {}

  /** One request; the answer may be a refusal, and only silence throws. */
  public async ask(method: string, path: string, body?: unknown, type = 'application/json'): Promise<Answer> {
    const request = { method, headers: { 'content-type': type }, body: body && JSON.stringify(body) } as RequestInit;
    for (let tries = 1; ; tries += 1) {
      const response = await this.fetch(path, request);
      const text = await response.text();
      // too many requests: the server asks to come again, unless a budget refuses an eviction with the same number
      if (response.status === 429 && !path.endsWith('/eviction') && tries < MOST_TRIES) {
        await new Promise((done) => setTimeout(done, BEFORE_NEXT_TRY));
        continue;
      }
      // a header such as `299 - "it is \"wrong\""`
      const warning = (response.headers.get('warning') ?? '').replace(/^\d+ - "|"$/g, '').replaceAll('\\"', '"');
      return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text, warning };
    }
  }

  /** One request that must succeed. */
  public async must(method: string, path: string, body?: unknown, type?: string): Promise<any> {
    const answer = await this.ask(method, path, body, type);
    if (answer.status >= 400) throw new Refused(`${method} ${path}`, answer.status, reason(answer));
    return answer.body;
  }

  /** Applies an object server-side and strictly; gives it as stored. */
  public async apply(manifest: Manifest, { dryRun, manager = MANAGER, force }: ApplyOptions = {}): Promise<Manifest> {
    const query = new URLSearchParams({
      fieldManager: manager,
      fieldValidation: 'Strict',
      force: String(force === true),
    });
    if (dryRun) query.set('dryRun', 'All');
    const path = `${await this.pathOf(manifest)}?${query}`;
    const answer = await this.ask('PATCH', path, manifest, 'application/apply-patch+yaml');
    const { status, body, warning } = answer;
    // Pod Security refuses pods alone, and only warns of what makes them
    const isTaken = status < 400 && !warning.includes('violate PodSecurity');
    if (!isTaken) throw new Refused(`PATCH ${path}`, status, status < 400 ? warning : reason(answer));
    return body;
  }

  /** What the server says of an object: how it would be stored, or the reason why not. */
  public async judge(manifest: Manifest): Promise<{ stored: Manifest } | { refusal: string }> {
    try {
      return { stored: await this.apply(manifest, { dryRun: true }) };
    } catch (error) {
      if (error instanceof Refused && !AWAY.includes(error.status)) return { refusal: error.said };
      throw error;
    }
  }

  /** The object as it is now; undefined if it is not there. */
  public async find(manifest: Manifest): Promise<Manifest | undefined> {
    const path = await this.pathOf(manifest);
    const answer = await this.ask('GET', path);
    if (answer.status === 404) return undefined;
    if (answer.status >= 400) throw new Refused(`GET ${path}`, answer.status, reason(answer));
    return answer.body;
  }

  /** The object as it is now. */
  public async get(manifest: Manifest): Promise<Manifest> {
    return this.must('GET', await this.pathOf(manifest));
  }

  /** Deletes an object, and what it owns unless that is left behind; what is not there is fine. */
  public async delete(manifest: Manifest, propagationPolicy: 'Background' | 'Orphan' = 'Background'): Promise<void> {
    const path = await this.pathOf(manifest);
    // an object that was read is meant as it was read, and no other of its name
    const preconditions = manifest.metadata.uid && { uid: manifest.metadata.uid };
    const answer = await this.ask('DELETE', path, {
      propagationPolicy,
      ...(preconditions && { preconditions }),
    });
    if (answer.status >= 400 && ![404, 409].includes(answer.status))
      throw new Refused(`DELETE ${path}`, answer.status, reason(answer));
  }

  /** Changes fields of an object, by the rules of a merge patch. */
  public async merge(manifest: Manifest, patch: object, subresource = ''): Promise<Manifest> {
    const path = `${await this.pathOf(manifest)}${subresource}`;
    return this.must('PATCH', path, patch, 'application/merge-patch+json');
  }

  /** What happens to the objects of a list from now on, until one has seen enough. */
  public async *watch(path: string, signal: AbortSignal): AsyncGenerator<{ type: string; object: Manifest }> {
    const { metadata } = await this.must('GET', path);
    const query = `${path.includes('?') ? '&' : '?'}watch=true&resourceVersion=${metadata.resourceVersion}`;
    const { body } = await fetch(`${this.base}${path}${query}`, { signal });
    let rest = '';
    for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const lines = `${rest}${part}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield JSON.parse(line);
    }
  }

  /** Whether the server knows the kind. */
  public async serves({ apiVersion, kind }: Manifest): Promise<boolean> {
    return (await this.kindsOf(apiVersion)).has(kind);
  }

  /** The path of an object. */
  public async pathOf({ apiVersion, kind, metadata }: Manifest): Promise<string> {
    const known = (await this.kindsOf(apiVersion)).get(kind);
    if (known === undefined) throw new Error(`the server does not know ${apiVersion} ${kind}`);
    const within = known.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
    return `${root(apiVersion)}${within}/${known.plural}/${metadata.name}`;
  }

  private kindsOf(apiVersion: string): Promise<Map<string, { plural: string; namespaced: boolean }>> {
    const known = this.plurals.get(apiVersion) ?? this.discover(apiVersion);
    this.plurals.set(apiVersion, known);
    return known;
  }

  private async discover(apiVersion: string): Promise<Map<string, { plural: string; namespaced: boolean }>> {
    const { status, body } = await this.ask('GET', root(apiVersion));
    const resources: any[] = status === 200 ? body.resources : [];
    const whole = resources.filter(({ name }) => !name.includes('/'));
    return new Map(whole.map(({ kind, name, namespaced }) => [kind, { plural: name, namespaced }]));
  }

  private async fetch(path: string, request: RequestInit): Promise<Response> {
    try {
      return await fetch(`${this.base}${path}`, { ...request, signal: AbortSignal.timeout(PATIENCE) });
    } catch (error) {
      const { cause, name } = error as { cause?: { message: string }; name: string };
      const why = name === 'TimeoutError' ? `no answer within ${PATIENCE / 1000} s` : (cause?.message ?? name);
      throw new Error(`${request.method} ${path}: ${why}`);
    }
  }
}

function root(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function reason({ body }: Answer): string {
  return String(body?.message ?? body).trim();
}
