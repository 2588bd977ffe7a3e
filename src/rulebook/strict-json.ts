import { segment } from '../engine/typing.js'

/** JSON read strictly, or the first fault: where, as a JSON pointer and a line, and which. */
export type StrictJson =
  | { readonly kind: 'json'; readonly value: unknown }
  | {
      readonly kind: 'fault'
      readonly code: JsonFault
      readonly pointer: string
      readonly message: string
    }
export type JsonFault = 'malformed-json' | 'duplicate-key' | 'not-utf8'

/** Parses JSON text that may have neither a byte-order mark nor a key twice in one object. */
export function parseStrictJson(text: string): StrictJson {
  if (text.startsWith('\uFEFF')) return fault('not-utf8', '', 'starts with a byte-order mark')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return fault(
      'malformed-json',
      '',
      `is not JSON: ${(error as SyntaxError).message.replaceAll(/\s+/g, ' ')}`,
    )
  }
  const twice = repeatedKey(text)
  if (twice === undefined) return { kind: 'json', value }
  const line = text.slice(0, twice.at).split('\n').length
  return fault('duplicate-key', twice.pointer, `the key "${twice.key}" stands twice (line ${line})`)
}

/** JSON from bytes: also refuses what is not UTF-8. */
export function parseStrictBytes(bytes: Uint8Array): StrictJson {
  try {
    return parseStrictJson(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    return fault('not-utf8', '', 'is not UTF-8')
  }
}

function fault(code: JsonFault, pointer: string, message: string): StrictJson {
  return { kind: 'fault', code, pointer, message }
}

interface Repeated {
  readonly key: string
  readonly pointer: string
  readonly at: number
}
/** An object or list that is open while scanning: keys seen so far, or the index of an item. */
interface Open {
  readonly keys: Set<string> | null
  segment: string
  index: number
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],]/gs

/** The first key that stands twice in one object of valid JSON. */
function repeatedKey(text: string): Repeated | undefined {
  const open: Open[] = []
  let wantsKey = false
  for (const match of text.matchAll(TOKEN)) {
    const token = match[0]
    const top = open.at(-1)
    if (token === '{' || token === '[') {
      open.push({ keys: token === '{' ? new Set() : null, segment: '/0', index: 0 })
      wantsKey = token === '{'
    } else if (token === '}' || token === ']') {
      open.pop()
      wantsKey = false
    } else if (token === ',') {
      wantsKey = next(top as Open)
    } else if (wantsKey && top?.keys != null) {
      const key = JSON.parse(token) as string
      top.segment = segment(key)
      if (top.keys.has(key)) return { key, pointer: pointerOf(open), at: match.index }
      top.keys.add(key)
      wantsKey = false
    }
  }
  return undefined
}

/** Goes on to the next item; whether a key must follow. */
function next(open: Open): boolean {
  if (open.keys !== null) return true
  open.index += 1
  open.segment = `/${open.index}`
  return false
}

function pointerOf(open: readonly Open[]): string {
  return open.map((each) => each.segment).join('')
}
