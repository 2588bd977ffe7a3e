import type { RuleVersion } from '../model/rule-version.js'

type Clocked = Pick<RuleVersion, 'version' | 'publishedAt' | 'supersedes'>

/** An instant at which everything published is known, and drafts too. */
export const KNOWN_WITH_DRAFTS = '9999-12-31T23:59:59.999Z'
const WITH_DRAFTS = Date.parse(KNOWN_WITH_DRAFTS)

/** When a version became visible, in milliseconds since 1970; a draft comes after all the rest. */
export function publicationTime({ publishedAt }: Pick<RuleVersion, 'publishedAt'>): number {
  return publishedAt === null ? WITH_DRAFTS : Date.parse(publishedAt)
}

/** Versions visible at an instant, less those superseded by one of these. */
export function surviving<T>(
  versions: readonly T[],
  of: (version: T) => Clocked,
  knownAt: number,
): readonly T[] {
  const visible = versions.filter((version) => publicationTime(of(version)) <= knownAt)
  const superseded = new Set(visible.map((version) => of(version).supersedes))
  return visible.filter((version) => !superseded.has(of(version).version))
}
