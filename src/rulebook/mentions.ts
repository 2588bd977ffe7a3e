import { segment } from '../engine/typing.js'

/** The interpretation under which a definition of a later law is read back into earlier dates. */
export const DEFINITION_ALREADY_SO = 'definition-already-so'

const KEYS = {
  clause: 'clause',
  clauses: 'clause',
  alsoClauses: 'clause',
  interpretation: 'interpretation',
  interpretations: 'interpretation',
  alsoInterpretations: 'interpretation',
  fact: 'fact',
} as const

/** One id named somewhere in a JSON tree. */
export interface Mention {
  readonly kind: 'clause' | 'interpretation' | 'fact'
  readonly id: string
  readonly pointer: string
  /** Whether the object that names it, or one above, names `definition-already-so`. */
  readonly alreadySo: boolean
}

const READ = new WeakMap<object, readonly Mention[]>()

/** Every clause, interpretation and fact named in a JSON tree, in document order; read once. */
export function mentionsIn(json: unknown): readonly Mention[] {
  if (typeof json !== 'object' || json === null) return []
  const before = READ.get(json)
  if (before !== undefined) return before
  const mentions: Mention[] = []
  collect(json, '', false, mentions)
  READ.set(json, mentions)
  return mentions
}

function collect(json: object, pointer: string, above: boolean, into: Mention[]): void {
  const entries = Object.entries(json)
  const naming = entries.filter(([key]) => Object.hasOwn(KEYS, key))
  const named = naming.flatMap(([key, value]) => idsAt(key, value, pointer))
  const alreadySo = above || named.some(({ id }) => id === DEFINITION_ALREADY_SO)
  for (const mention of named) into.push({ ...mention, alreadySo })
  for (const [key, value] of entries) {
    if (typeof value === 'object' && value !== null)
      collect(value, pointer + segment(key), alreadySo, into)
  }
}

type Named = Pick<Mention, 'kind' | 'id' | 'pointer'>

function idsAt(key: string, value: unknown, owner: string): readonly Named[] {
  const pointer = `${owner}/${key}`
  const kind = KEYS[key as keyof typeof KEYS]
  if (typeof value === 'string') return [{ kind, id: value, pointer }]
  if (!Array.isArray(value)) return []
  return value.flatMap((id, index) =>
    typeof id === 'string' ? [{ kind, id, pointer: `${pointer}/${index}` }] : [],
  )
}
