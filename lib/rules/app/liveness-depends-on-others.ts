// PB-8
import { scriptIn, statements } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const web = (url: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: web:1.0
          livenessProbe: { exec: { command: [curl, -sf, "${url}"] } }
`;

export const livenessDependsOnOthers: RuleOf<'workload'> = {
  id: 'app/liveness-depends-on-others',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A restart mends what is wrong inside a process. A liveness probe that asks another server restarts a healthy process
because something else has failed: all pods that depend on it go down together, and come back together, at the moment at which it
can bear that least. Liveness asks the process itself; what it depends on is at most a matter of readiness.`,
  sources: [
    'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-probes',
  ],
  bad: web('http://auth:8080/live'),
  good: web('http://localhost:8080/live'),
  check: ({ pod }) =>
    pod.running.flatMap(({ liveness }) => {
      if (liveness === undefined) return [];
      const { kind, command } = liveness;
      const hosts = kind === 'exec' ? questions(command).map(hostOf) : [liveness.host ?? ''];
      const other = hosts.find((host) => !LOCAL.test(host));
      if (other === undefined) return [];
      return [
        {
          field: `${liveness.field}.${kind === 'exec' ? 'exec.command' : `${kind}.host`}`,
          problem: `asks \`${other}\`, so that a failure there restarts this container as well`,
          fix: 'ask the process itself; leave others to readinessProbe',
        },
      ];
    }),
};

/** A call of a tool that connects; its arguments stand one on a line. */
interface Question {
  readonly tool: string;
  readonly args: string;
}

const TOOL = /(?:^|[\s(/])(curl|wget|nc|grpc_health_probe|psql|redis-cli|mysqladmin)\s([^)]*)/;
const WORD = /(?:"[^"]*"|'[^']*'|[^\s"'])+/g;

const URL = /^\w+:\/\/(?:[^@/\n]*@)?(\[[^\]]*\]|[^:/\n]*)/m;
const OPTION = /^(?:-h\n?|--host[=\n])(.+)/m;
/** Where a tool says its host; the first that is there counts. */
const PLACES: Readonly<Record<string, readonly RegExp[]>> = {
  curl: [URL, /^(\w[\w.-]*):\d/m],
  wget: [URL, /^(\w[\w.-]*):\d/m],
  nc: [/^([^-\s]\S*)\n\d+$/m],
  grpc_health_probe: [/^--?addr[=\n](\[[^\]]*\]|[^:\n]*)/m],
  psql: [URL, OPTION],
  'redis-cli': [URL, OPTION],
  mysqladmin: [OPTION],
};

/** This host, or one that only the shell knows. */
const LOCAL = /^(?:localhost|127\..*|\[?::1\]?|0\.0\.0\.0|\/.*|.*\$.*)?$/;

function questions(command: readonly string[]): Question[] {
  const script = scriptIn(command.join(' '));
  if (script === undefined) return [question(command.join('\n'))];
  return statements(script).map(({ text }) => {
    const { tool, args } = question(text);
    return { tool, args: words(args).join('\n') };
  });
}

function question(text: string): Question {
  const [, tool = '', args = ''] = TOOL.exec(text) ?? [];
  return { tool, args };
}

function words(text: string): string[] {
  return (text.match(WORD) ?? []).map((word) => word.replace(/["']/g, ''));
}

/** The empty text where the tool asks this host, or is none. */
function hostOf({ tool, args }: Question): string {
  const [host = ''] = (PLACES[tool] ?? []).flatMap((place) => place.exec(args)?.[1] ?? []);
  return host;
}
