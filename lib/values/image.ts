import { invalid } from './invalid';

/** The parts of an image reference. */
export interface ImageReference {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Splits `registry:5000/team/app:1.2@sha256:...`; a port of the registry is not a tag, and an empty tag is none. */
export function parseImage(image: string): ImageReference {
  const [named = '', digest] = image.split('@', 2);
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  return {
    repository: colon === -1 ? named : named.slice(0, colon),
    tag: colon === -1 ? undefined : named.slice(colon + 1) || undefined,
    digest: digest || undefined,
  };
}

/** Whether the reference names one build for ever: a digest, or a tag that is not `latest`. */
export function isPinned(image: ImageReference): boolean {
  return image.digest !== undefined || (image.tag !== undefined && image.tag !== 'latest');
}

/** `image` if it names a repository and a tag or a digest. */
export function checkImage(where: string, image: string): string {
  const { repository, tag, digest } = parseImage(image);
  if (repository === '' || /\s/.test(image)) throw invalid(where, `\`${image}\` is not an image`);
  if (tag === undefined && digest === undefined) {
    throw invalid(
      where,
      `\`${image}\` has no tag, so that each pull may bring another build`,
      `use \`${repository}:1.0.0\` or a digest`,
    );
  }
  return image;
}
