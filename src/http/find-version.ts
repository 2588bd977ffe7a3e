import { Problem } from '../model/errors.js'
import type { LoadedProgramme, LoadedVersion, Rulebook } from '../rulebook/rulebook.js'

/** The programme of an address. Throws Problem `not-found`. */
export function findProgramme(
  rulebook: Rulebook,
  { city, programme }: { city: string; programme: string },
): LoadedProgramme {
  const loaded = rulebook.programmes.get(`${city}/${programme}`)
  if (loaded === undefined) throw new Problem('not-found')
  return loaded
}

/** The versions of a programme that have been published: drafts are not shown. */
export function publishedVersions({ versions }: LoadedProgramme): readonly LoadedVersion[] {
  return versions.filter(({ publishedAt }) => publishedAt !== null)
}

/** One published version of a programme. Throws Problem `not-found`. */
export function findVersion(loaded: LoadedProgramme, name: string): LoadedVersion {
  const version = publishedVersions(loaded).find(({ rule }) => rule.version.version === name)
  if (version === undefined) throw new Problem('not-found')
  return version
}
