import { segment } from '../engine/typing.js'
import { factDigest, fileDigest, interpretationDigest } from './digest.js'
import type { LockFile } from './file-formats.js'
import { isPublished, lockOf, type Meanings, statedIn } from './lock.js'
import { at, type Parts, type Placed, versionIdOf } from './parts.js'
import type { RulebookFile } from './read-layers.js'
import type { Defect } from './rulebook.js'

/** What is published, and what that rests on: missing, changed, or not in the lock of its layer. */
export function checkLocks(parts: Parts, meanings: Meanings): readonly Defect[] {
  const layers = [...new Set(parts.files.map(({ layer }) => layer))]
  return layers.flatMap((layer) => {
    const published = parts.files.filter((file) => file.layer === layer && isPublished(file))
    const lock = parts.locks.find(({ from }) => from.layer === layer)
    if (lock !== undefined) return lockDefects(lock, published, parts, meanings)
    const exists = parts.files.some((file) => file.layer === layer && file.kind === 'lock')
    // An extra folder may go without a lock; the decisions made under it still keep its digests.
    if (layer > 0 || exists || published.length === 0) return []
    return [
      {
        file: 'rules/rulebook.lock.json',
        pointer: '',
        reason: 'published versions need a lock: huimin rules publish',
      },
    ]
  })
}

function lockDefects(
  lock: Placed<LockFile>,
  published: readonly RulebookFile[],
  parts: Parts,
  meanings: Meanings,
): readonly Defect[] {
  // A version that is not as it was locked has its own defect; what it uses would only follow.
  const { versions } = lock.value
  const sound = published.filter(
    (file) => versions[versionIdOf(file)] === fileDigest(file.json as object),
  )
  const now = lockOf(sound, parts, meanings)
  const onDisk = new Set(parts.files.filter(({ kind }) => kind === 'version').map(versionIdOf))
  const changed = parts.files
    .filter(
      (file) =>
        file.kind === 'version' && file.layer === lock.from.layer && file.json !== undefined,
    )
    .flatMap((file) => versionDefects(file, lock.value))
  const missing = Object.keys(lock.value.versions)
    .filter((id) => !onDisk.has(id))
    .map((id) => at(lock, `/versions${segment(id)}`, `the published version "${id}" is missing`))
  return [
    ...changed,
    ...missing,
    ...statedDefects(lock, parts, now),
    ...meaningDefects(lock, 'facts', parts.facts, factDigest, now.facts),
    ...meaningDefects(
      lock,
      'interpretations',
      parts.interpretations,
      interpretationDigest,
      now.interpretations,
    ),
  ]
}

function versionDefects(file: RulebookFile, lock: LockFile): readonly Defect[] {
  const locked = lock.versions[versionIdOf(file)]
  if (locked === undefined) {
    return isPublished(file)
      ? [
          {
            file: file.file,
            pointer: '/publishedAt',
            reason: 'a published version must stand in the lock: huimin rules publish',
          },
        ]
      : []
  }
  if (locked === fileDigest(file.json as object)) return []
  return [
    {
      file: file.file,
      pointer: '',
      reason: `was changed after it was published; put it back, and correct it by huimin rules new ${file.folder} ${file.name.split('.')[0]}`,
    },
  ]
}

/** Whom a programme entitles and what the code of its jurisdiction is, where that is not as locked. */
function statedDefects(
  lock: Placed<LockFile>,
  parts: Parts,
  now: Pick<LockFile, 'programmes' | 'jurisdictions'>,
): readonly Defect[] {
  return statedIn(parts).flatMap(({ kind, place, pointer, value }) => {
    const { folder } = place.from
    const locked = lock.value[kind][folder]
    if (locked === value) return []
    if (locked !== undefined) {
      const reason = `was "${locked}" when versions were published under it; put it back: answers rest on it`
      return [at(place, pointer, reason)]
    }
    return now[kind][folder] === undefined
      ? []
      : [at(place, pointer, 'published versions rest on it, and it is not in the lock')]
  })
}

function meaningDefects<T extends { readonly id: string }>(
  lock: Placed<LockFile>,
  kind: 'facts' | 'interpretations',
  places: readonly Placed<T>[],
  digest: (value: T) => string,
  now: Readonly<Record<string, string>>,
): readonly Defect[] {
  const locked = lock.value[kind]
  const known = new Set(places.map(({ value }) => value.id))
  const missing = Object.keys(locked).filter((id) => !known.has(id))
  return [
    ...missing.map((id) =>
      at(lock, `/${kind}${segment(id)}`, `"${id}" is missing, and published versions use it`),
    ),
    ...places.flatMap((place) => {
      const { id } = place.value
      if (locked[id] === undefined) {
        return now[id] === undefined
          ? []
          : [at(place, '/id', `published versions use "${id}", and it is not in the lock`)]
      }
      return locked[id] === digest(place.value)
        ? []
        : [
            at(
              place,
              '',
              `the meaning of "${id}" changed after publication; a new meaning is a new id`,
            ),
          ]
    }),
  ]
}
