/** One command of a shell script. */
export interface Statement {
  readonly text: string;
  readonly inLoop: boolean;
}

const SHELL = /^(?:\S*\/)?(?:ba|da|a)?sh(?: -\w*o \w+| --?[\w-]+)*? -\w*c\w*\s([\s\S]*)/;
const COMMENT = /('[^']*'|"(?:\\[\s\S]|[^"\\])*")|(?<=^|\s)#[^\n]*/g;
const STATEMENT =
  /(?:'[^']*'|"(?:\\[\s\S]|[^"\\])*"|`[^`]*`|\$\((?:[^()]|\([^()]*\))*\)|\\[\s\S]|[<>]&|&>|[^;&|\n'"`\\])+/g;
const QUITS = [
  /(?<![\w-])nginx\s(?:.*\s)?-s\s*(?:quit|stop)\b/,
  /(?<![\w-])(?:apache2?ctl|apache2|httpd)\s(?:.*\s)?(?:graceful-stop|stop)\b/,
  /(?<![\w-])(?:p?kill|killall)\s+(?!\s|-(?:s\s*)?(?:SIG)?(?:0|1|HUP|10|USR1|12|USR2)\s).+/,
  /\/quitquitquit\b/,
];

/** The script in `sh -c script`; undefined if the line calls no shell with a script. */
export function scriptIn(line: string): string | undefined {
  return SHELL.exec(line)?.[1];
}

/** The commands of a script in their order, without comments; quotes and substitutions stay whole. */
export function statements(script: string): readonly Statement[] {
  let depth = 0;
  return (script.replace(COMMENT, '$1').match(STATEMENT) ?? []).flatMap((raw) => {
    const text = raw.trim();
    if (text === '') return [];
    if (/^(?:do |then |else )?(?:while|until|for)\s/.test(text)) depth += 1;
    const inLoop = depth > 0;
    if (/^done\b/.test(text)) depth -= 1;
    return [{ text, inLoop }];
  });
}

/** What in a command tells a server to stop; signals that commonly do something else, as HUP, do not count. */
export function quitIn(command: string): string | undefined {
  if (/^(?:echo|printf|trap)\s/.test(command)) return undefined;
  for (const pattern of QUITS) {
    const match = pattern.exec(command);
    if (match) return match[0];
  }
  return undefined;
}
