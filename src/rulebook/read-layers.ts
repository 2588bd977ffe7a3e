import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { Problem } from '../model/errors.js'
import { readJson } from '../model/read-json.js'
import { inOrder } from './in-order.js'
import type { Defect } from './rulebook.js'

/** One folder tree of a rulebook; `rules` and `seeds` may be the same folder. */
export interface RulebookLayer {
  readonly rules: string
  readonly seeds: string
  /** The setting that named it, for messages. */
  readonly setting?: string
}

export type FileKind =
  | 'jurisdiction'
  | 'programme'
  | 'version'
  | 'cases'
  | 'facts'
  | 'interpretations'
  | 'conflicts'
  | 'lint-waivers'
  | 'clauses'
  | 'documents'
  | 'lock'

/** One JSON file of a rulebook. */
export interface RulebookFile {
  readonly kind: FileKind
  /** Position of its layer; 0 is the project's own. */
  readonly layer: number
  /** Path for messages, from the folder above its layer. */
  readonly file: string
  /** Path on disk. */
  readonly path: string
  /** Folder it stands in below the layer, such as `dongguan/minimum-living`, and its base name. */
  readonly folder: string
  readonly name: string
  /** Undefined when it is not JSON. */
  readonly json: unknown
}

export interface ReadLayers {
  readonly files: readonly RulebookFile[]
  readonly defects: readonly Defect[]
}

/** Folders beside the jurisdictions that are not rules. */
const BESIDE = ['schema', 'clauses', 'households', 'examples', 'register', 'sources']
const AT_TOP: Readonly<Record<string, FileKind>> = {
  'facts.json': 'facts',
  'interpretations.json': 'interpretations',
  'conflicts.json': 'conflicts',
  'lint-waivers.json': 'lint-waivers',
  'documents.json': 'documents',
  'rulebook.lock.json': 'lock',
}

/** Reads every JSON file of the layers; what cannot be read, or has no place there, is a defect. */
export function readLayers(layers: readonly RulebookLayer[]): ReadLayers {
  const files: RulebookFile[] = []
  const defects: Defect[] = []
  layers.forEach((layer, index) => {
    for (const root of new Set([layer.rules, layer.seeds]))
      readRoot(root, layer, index, { files, defects })
  })
  return { files, defects }
}

interface Reading {
  readonly files: RulebookFile[]
  readonly defects: Defect[]
}

function readRoot(root: string, layer: RulebookLayer, index: number, reading: Reading): void {
  const above = dirname(root)
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    const reason = `there is no such folder${layer.setting === undefined ? '' : ` (${layer.setting})`}`
    reading.defects.push({ file: root, pointer: '', reason })
    return
  }
  const add = (path: string, kind: FileKind | undefined) => {
    const file = relative(above, path).split(sep).join('/')
    if (kind === undefined)
      return reading.defects.push({ file, pointer: '', reason: 'a rulebook has no such file' })
    return reading.files.push(readFile({ kind, path, file, layer: index, root }, reading))
  }
  for (const entry of list(root)) {
    const path = join(root, entry.name)
    if (entry.isDirectory()) readFolder(path, entry.name, add)
    else if (/\.json$/i.test(entry.name)) add(path, AT_TOP[entry.name])
  }
}

function readFolder(
  path: string,
  name: string,
  add: (path: string, kind: FileKind | undefined) => void,
): void {
  if (name === 'clauses')
    for (const entry of list(path))
      add(join(path, entry.name), isJson(entry) ? 'clauses' : undefined)
  if (BESIDE.includes(name)) return
  for (const entry of list(path)) {
    const inner = join(path, entry.name)
    if (entry.isDirectory())
      for (const file of list(inner)) add(join(inner, file.name), kindInProgramme(file))
    else add(inner, entry.name === 'jurisdiction.json' ? 'jurisdiction' : undefined)
  }
}

function kindInProgramme(entry: Dirent): FileKind | undefined {
  if (entry.name === 'programme.json') return 'programme'
  if (entry.name === 'cases.json') return 'cases'
  return isJson(entry) ? 'version' : undefined
}

function readFile(
  place: Pick<RulebookFile, 'kind' | 'path' | 'file' | 'layer'> & { readonly root: string },
  { defects }: Reading,
): RulebookFile {
  const { root, ...rest } = place
  return {
    ...rest,
    folder: relative(root, dirname(place.path)).split(sep).join('/'),
    name: basename(place.path, '.json'),
    json: strictJson(place, defects),
  }
}

/** The JSON of a file, or undefined after naming the place where it stops being strict JSON. */
function strictJson(
  { path, file }: Pick<RulebookFile, 'path' | 'file'>,
  defects: Defect[],
): unknown {
  try {
    return readJson(readFileSync(path))
  } catch (error) {
    defects.push({ file, ...faultOf(error) })
    return undefined
  }
}

const JSON_HINT = 'there or just before, a comma, quote or bracket is missing or too many'

function faultOf(error: unknown): Pick<Defect, 'pointer' | 'reason'> {
  if (!(error instanceof Problem)) return { pointer: '', reason: 'cannot be read' }
  const [fault] = error.faults
  const reason = 'is not clean UTF-8 without a byte-order mark'
  if (fault === undefined) return { pointer: '', reason }
  const hint = fault.code === 'malformed-json' ? `; ${JSON_HINT}` : ''
  return { pointer: fault.pointer, reason: `${fault.message.en}${hint}` }
}

function list(folder: string): readonly Dirent[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.'))
    .sort((a, b) => inOrder(a.name, b.name))
}

function isJson(entry: Dirent): boolean {
  return !entry.isDirectory() && entry.name.endsWith('.json')
}
