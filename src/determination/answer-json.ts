import type { DeterminationAnswer } from '../model/determination.js'

const ENCODER = new TextEncoder()
const COMMA = ENCODER.encode(',')
const WRITTEN = new WeakMap<object, Uint8Array>()

/**
 * An answer as JSON in UTF-8: the bytes of JSON.stringify. The parts that many answers share,
 * cited clauses and summaries that hold no fact, are written and encoded once.
 */
export function answerJson(answer: DeterminationAnswer): Uint8Array {
  const { determinations, clauses, ...rest } = answer
  const { asOf, knownAt, jurisdiction, rulebook, ...after } = rest
  const { notInForce, referrals, questions, ...texts } = after
  const head = JSON.stringify({ asOf, knownAt, jurisdiction, rulebook }).slice(0, -1)
  const middle = JSON.stringify({ notInForce, referrals, questions }).slice(1, -1)
  const parts: Uint8Array[] = [ENCODER.encode(`${head},"determinations":[`)]
  for (const determination of determinations) parts.push(once(determination), COMMA)
  if (determinations.length > 0) parts.pop()
  parts.push(ENCODER.encode(`],${middle},"clauses":{`))
  for (const id in clauses) parts.push(keyed(id, clauses[id] as object), COMMA)
  if (parts.at(-1) === COMMA) parts.pop()
  parts.push(ENCODER.encode(`},${JSON.stringify(texts).slice(1)}`))
  return joined(parts)
}

function once(value: object): Uint8Array {
  return kept(value, () => JSON.stringify(value))
}

/** A clause is always cited under its own id. */
function keyed(id: string, clause: object): Uint8Array {
  return kept(clause, () => `${JSON.stringify(id)}:${JSON.stringify(clause)}`)
}

function kept(value: object, write: () => string): Uint8Array {
  const before = WRITTEN.get(value)
  if (before !== undefined) return before
  const bytes = ENCODER.encode(write())
  WRITTEN.set(value, bytes)
  return bytes
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
