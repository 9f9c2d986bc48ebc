import type { Report, WriteOptions } from '../report';
import { gitlabReport } from './gitlab';
import { jsonReport } from './json';
import { junitReport } from './junit';
import { sarifReport } from './sarif';
import { textReport } from './text';

/** The forms in which a report may be had. */
export const FORMATS = ['text', 'json', 'sarif', 'gitlab', 'junit'] as const;

/** One of them. */
export type Format = (typeof FORMATS)[number];

const WRITERS: Readonly<Record<Format, (report: Report, options: WriteOptions) => string>> = {
  text: textReport,
  json: jsonReport,
  sarif: sarifReport,
  gitlab: gitlabReport,
  junit: junitReport,
};

/** The report as a text that ends with a newline. */
export function write(report: Report, format: Format, options: WriteOptions = {}): string {
  return WRITERS[format](report, options);
}
