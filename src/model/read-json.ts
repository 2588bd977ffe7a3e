import { Problem } from './errors.js'
import type { Words } from './language.js'

/** Deeper than any request needs; keeps the recursion below far from the end of the stack. */
const MAX_DEPTH = 64

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y
const LONE_SURROGATE = /\p{Surrogate}/u

/** A place in the text, and the keys and indexes that lead to it. */
interface Scan {
  readonly text: string
  readonly path: (string | number)[]
  at: number
}

/**
 * The value of JSON bytes (RFC 8259), strictly read: clean UTF-8, no byte-order mark, no key twice
 * in an object, no lone surrogate. Throws Problem with the pointer or position, never the content.
 */
export function readJson(bytes: Uint8Array): unknown {
  const text = decode(bytes)
  return readPlain(text) ?? readScanning(text)
}

/** JSON that is plainly right: parsed, and as many keys in it as colons in the text. Else undefined. */
function readPlain(text: string): unknown {
  const colons = countColons(text)
  if (colons < 0) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return countKeys(value) === colons ? value : undefined
  } catch {
    return undefined
  }
}

/** Colons outside strings; −1 where a half of a pair may be escaped or values nest deep. */
function countColons(text: string): number {
  if (text.includes('\\u')) return -1
  let colons = 0
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) at = endOfString(text, at)
    else if (code === 0x3a) colons += 1
    else if (code === 0x7b || code === 0x5b) depth += 1
    else if (code === 0x7d || code === 0x5d) depth -= 1
    if (depth > MAX_DEPTH) return -1
  }
  return colons
}

/** Where the string that starts at a quote ends: at the next one after an even run of backslashes. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end > 0; end = text.indexOf('"', end + 1)) {
    let run = end
    while (text[run - 1] === '\\') run -= 1
    if ((end - run) % 2 === 0) return end
  }
  return text.length
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const inner = Object.values(value)
  let keys = Array.isArray(value) ? 0 : inner.length
  for (const one of inner) keys += countKeys(one)
  return keys
}

/** JSON read sign by sign, to say what is wrong and where. */
function readScanning(text: string): unknown {
  const scan: Scan = { text, path: [], at: 0 }
  skipSpace(scan)
  scanValue(scan)
  skipSpace(scan)
  if (scan.at < text.length) throw malformed(scan)
  return JSON.parse(text)
}

function decode(bytes: Uint8Array): string {
  try {
    const text = UTF8.decode(bytes)
    if (!text.startsWith('\uFEFF')) return text
  } catch {}
  throw new Problem('not-utf8')
}

function scanValue(scan: Scan): void {
  const first = scan.text[scan.at]
  if (first === '"') scanString(scan)
  else if (first === '{') scanObject(scan)
  else if (first === '[') scanArray(scan)
  else scan.at = endOf(SCALAR, scan)
}

function scanObject(scan: Scan): void {
  const keys = new Set<string>()
  if (!enter(scan, '}')) return
  do {
    skipSpace(scan)
    const key = scanKey(scan)
    scan.path.push(key)
    if (keys.has(key)) throw fault('duplicate-key', scan, { zh: '重复的键', en: 'repeats a key' })
    keys.add(key)
    skipSpace(scan)
    if (!take(scan, ':')) throw malformed(scan)
    skipSpace(scan)
    scanValue(scan)
    scan.path.pop()
    skipSpace(scan)
  } while (take(scan, ','))
  if (!take(scan, '}')) throw malformed(scan)
}

function scanArray(scan: Scan): void {
  if (!enter(scan, ']')) return
  let index = 0
  do {
    skipSpace(scan)
    scan.path.push(index)
    scanValue(scan)
    scan.path.pop()
    index += 1
    skipSpace(scan)
  } while (take(scan, ','))
  if (!take(scan, ']')) throw malformed(scan)
}

/** Steps into an object or a list; false when it is empty, and then it is left again. */
function enter(scan: Scan, close: string): boolean {
  if (scan.path.length >= MAX_DEPTH) throw malformed(scan)
  scan.at += 1
  skipSpace(scan)
  return !take(scan, close)
}

function scanKey(scan: Scan): string {
  const start = scan.at
  if (scan.text[start] !== '"') throw malformed(scan)
  const escaped = scanString(scan)
  const { text, at } = scan
  return escaped ? (JSON.parse(text.slice(start, at)) as string) : text.slice(start + 1, at - 1)
}

/** Passes over a string; whether it has escapes. */
function scanString(scan: Scan): boolean {
  const { text } = scan
  const start = scan.at
  let escaped = false
  scan.at += 1
  for (let code = text.charCodeAt(scan.at); code !== 0x22; code = text.charCodeAt(scan.at)) {
    if (code === 0x5c) {
      escaped = true
      scan.at = endOf(ESCAPE, scan)
    } else if (code >= 0x20) scan.at += 1
    // A control character, or NaN at the end of the text.
    else throw malformed(scan)
  }
  scan.at += 1
  if (escaped && LONE_SURROGATE.test(JSON.parse(text.slice(start, scan.at)))) {
    throw fault('not-utf8', scan, { zh: '含有不成对的代理字符', en: 'holds a lone surrogate' })
  }
  return escaped
}

function endOf(pattern: RegExp, scan: Scan): number {
  pattern.lastIndex = scan.at
  if (!pattern.test(scan.text)) throw malformed(scan)
  return pattern.lastIndex
}

function skipSpace(scan: Scan): void {
  for (;;) {
    const code = scan.text.charCodeAt(scan.at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
    scan.at += 1
  }
}

function take(scan: Scan, sign: string): boolean {
  const taken = scan.text[scan.at] === sign
  if (taken) scan.at += 1
  return taken
}

function malformed(scan: Scan): Problem {
  const deep = scan.path.length >= MAX_DEPTH
  const place = placeOf(scan)
  return fault('malformed-json', scan, {
    zh: `${place.zh}${deep ? '嵌套过深' : '不是有效的 JSON'}`,
    en: `is ${deep ? 'nested too deeply' : 'not JSON'} at ${place.en}`,
  })
}

/** Where a scan stands: of several lines the line, counted like its characters from 1. */
function placeOf({ text, at }: Scan): Words {
  const before = text.slice(0, at)
  const start = before.lastIndexOf('\n')
  if (start < 0) return { zh: `第 ${at} 个字符处`, en: `character ${at}` }
  const line = before.split('\n').length
  return {
    zh: `第 ${line} 行第 ${at - start} 个字符处`,
    en: `line ${line}, character ${at - start}`,
  }
}

function fault(
  code: 'malformed-json' | 'duplicate-key' | 'not-utf8',
  scan: Scan,
  message: Words,
): Problem {
  const keys = scan.path.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1'))
  const pointer = keys.map((key) => `/${key}`).join('')
  return new Problem(code, undefined, [{ pointer, code, message }])
}
