import { isObject, segment } from '../engine/typing.js'

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
  /** Pointer of the object that names it. */
  readonly owner: string
  /** Whether that object, or one above it, names `definition-already-so`. */
  readonly alreadySo: boolean
}

/** Every clause, interpretation and fact named in a JSON tree, in document order. */
export function mentionsIn(json: unknown, pointer = '', alreadySo = false): readonly Mention[] {
  if (Array.isArray(json))
    return json.flatMap((item, index) => mentionsIn(item, `${pointer}/${index}`, alreadySo))
  if (!isObject(json)) return []
  const named = Object.entries(json).flatMap(([key, value]) =>
    idsAt(key, value, pointer + segment(key)),
  )
  const already = alreadySo || named.some(({ id }) => id === DEFINITION_ALREADY_SO)
  const here = named.map((mention) => ({ ...mention, owner: pointer, alreadySo: already }))
  const below = Object.entries(json).flatMap(([key, value]) =>
    mentionsIn(value, pointer + segment(key), already),
  )
  return [...here, ...below]
}

type Named = Pick<Mention, 'kind' | 'id' | 'pointer'>

function idsAt(key: string, value: unknown, pointer: string): readonly Named[] {
  if (!Object.hasOwn(KEYS, key)) return []
  const kind = KEYS[key as keyof typeof KEYS]
  if (typeof value === 'string') return [{ kind, id: value, pointer }]
  if (!Array.isArray(value)) return []
  return value.flatMap((id, index) =>
    typeof id === 'string' ? [{ kind, id, pointer: `${pointer}/${index}` }] : [],
  )
}
