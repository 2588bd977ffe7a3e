import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineDictionary } from '../engine/define-dictionary.js'
import { isObject } from '../engine/typing.js'
import { assembleRulebook } from './assemble-rulebook.js'
import type { RulebookPlaces } from './default-layers.js'
import type { LockFile } from './file-formats.js'
import { formatJson } from './format-json.js'
import { byFile } from './load-rulebook.js'
import { extendLock, isPublished, lockOf, type Meanings } from './lock.js'
import { type Parts, partsOf, versionIdOf } from './parts.js'
import { type RulebookFile, readLayers } from './read-layers.js'
import type { Defect, Rulebook } from './rulebook.js'

/** What to publish, and by whom. */
export interface Publication {
  /** Files of drafts; none: every draft. */
  readonly paths: readonly string[]
  readonly publishedBy: string
  readonly reviewedBy: string
  /** Instant of publication, ISO with seconds. */
  readonly publishedAt: string
  /** Locks again what is published already; only before the first release. */
  readonly rewriteLock: boolean
}

/** The files to write, or why nothing may be written. */
export type Published =
  | {
      readonly kind: 'published'
      readonly versions: readonly string[]
      /** As it will be, drafts included. */
      readonly rulebook: Rulebook
      readonly writes: readonly Write[]
    }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'defects'; readonly defects: readonly Defect[] }

export interface Write {
  readonly path: string
  readonly text: string
}

/** Works out what publishing writes: the drafts with both hands and the instant, and the locks. */
export function publish(places: RulebookPlaces, publication: Publication): Published {
  const { files, defects } = readLayers(places.layers)
  if (defects.length > 0) return { kind: 'defects', defects }
  const drafts = draftsOf(files, publication.paths)
  if (typeof drafts === 'string') return { kind: 'refused', reason: drafts }
  const signed = drafts.map((draft) => sign(draft, publication))
  const after = files.map((file) => signed.find(({ path }) => path === file.path) ?? file)
  const locks = locksOf(after, signed, places, publication.rewriteLock)
  if (typeof locks === 'string') return { kind: 'refused', reason: locks }
  const locked = [
    ...after.filter(({ path }) => !locks.some((lock) => lock.path === path)),
    ...locks,
  ]
  const assembled = assembleRulebook(locked, { ...places, drafts: true })
  if (assembled.kind === 'defects') return { kind: 'defects', defects: byFile(assembled.defects) }
  const writes = [
    ...signed.map(({ path, text }) => ({ path, text })),
    ...locks.map(({ path, json }) => ({ path, text: formatJson(json) })),
  ]
  const { rulebook } = assembled
  return { kind: 'published', versions: signed.map(versionIdOf), rulebook, writes }
}

/** The drafts at these paths, or every draft; a text says which path is none. */
function draftsOf(
  files: readonly RulebookFile[],
  paths: readonly string[],
): readonly RulebookFile[] | string {
  const drafts = files.filter(
    ({ kind, json }) => kind === 'version' && isObject(json) && json.publishedAt === null,
  )
  const wrong = paths.find((path) => !drafts.some((draft) => draft.path === path))
  if (wrong !== undefined) return notDraft(wrong, files)
  return paths.length === 0 ? drafts : drafts.filter(({ path }) => paths.includes(path))
}

function notDraft(path: string, files: readonly RulebookFile[]): string {
  const file = files.find((one) => one.path === path && one.kind === 'version')
  return file === undefined
    ? `${path} is no draft of a rule version`
    : `${file.file} is published already: correct it by huimin rules new ${file.folder} ${file.name.split('.')[0]}`
}

interface Signed extends RulebookFile {
  readonly text: string
}

/** The file as published; only the three fields change, so its layout stays the author's. */
function sign(draft: RulebookFile, { publishedAt, publishedBy, reviewedBy }: Publication): Signed {
  const text = Object.entries({ publishedAt, publishedBy, reviewedBy }).reduce(
    (before, [key, value]) =>
      before.replace(new RegExp(`("${key}"\\s*:\\s*)(null|"[^"]*")`), `$1"${value}"`),
    readFileSync(draft.path, 'utf8'),
  )
  return { ...draft, text, json: JSON.parse(text) }
}

/** The locks of the layers published into, as files; a text says why there may be none. */
function locksOf(
  files: readonly RulebookFile[],
  signed: readonly RulebookFile[],
  { layers }: RulebookPlaces,
  rewrite: boolean,
): readonly RulebookFile[] | string {
  // What is wrong with the files is reported when they are assembled.
  const parts = partsOf(files, () => undefined)
  const meanings = meaningsOf(parts)
  const locks: RulebookFile[] = []
  for (const [layer, { rules }] of layers.entries()) {
    const before = files.find((file) => file.layer === layer && file.kind === 'lock')
    const published = files.filter((file) => file.layer === layer && isPublished(file))
    const fresh = signed.filter((file) => file.layer === layer)
    const old = before?.json as LockFile | undefined
    if (fresh.length === 0 && !(rewrite && (old !== undefined || layer === 0))) continue
    if (rewrite && old?.released != null)
      return `released on ${old.released}: the lock is never rewritten`
    if (!rewrite && old === undefined && published.length > fresh.length) {
      return 'there is no lock: --rewrite-lock makes one of what is published already'
    }
    const json = rewrite
      ? extendLock(undefined, lockOf(published, parts, meanings))
      : extendLock(old, lockOf(fresh, parts, meanings))
    const path = join(rules, 'rulebook.lock.json')
    locks.push({
      kind: 'lock',
      layer,
      file: 'rulebook.lock.json',
      path,
      folder: '',
      name: 'rulebook.lock',
      json,
    })
  }
  return locks
}

/** Facts and interpretations as they stand. */
function meaningsOf({ facts, interpretations }: Parts): Meanings {
  return {
    dictionary: defineDictionary(
      facts.map(({ value }) => value),
      () => undefined,
    ),
    interpretations: new Map(interpretations.map(({ value }) => [value.id, value])),
  }
}
