import type { DeterminationAnswer } from '../model/determination.js'

const WRITTEN = new WeakMap<object, Buffer>()
const COMMA = 0x2c

/**
 * An answer as JSON in UTF-8: the bytes of JSON.stringify. The parts that many answers share,
 * cited clauses and summaries that hold no fact, are written and encoded once.
 */
export function answerJson(answer: DeterminationAnswer): Buffer {
  const { asOf, knownAt, jurisdiction, rulebook, determinations, clauses, ...rest } = answer
  const { notInForce, referrals, questions, ...texts } = rest
  const head = JSON.stringify({ asOf, knownAt, jurisdiction, rulebook }).slice(0, -1)
  const middle = JSON.stringify({ notInForce, referrals, questions }).slice(1, -1)
  return joined([
    [Buffer.from(`${head},"determinations":[`)],
    determinations.map(written),
    [Buffer.from(`],${middle},"clauses":{`)],
    Object.entries(clauses).map(keyed),
    [Buffer.from(`},${JSON.stringify(texts).slice(1)}`)],
  ])
}

function written(value: object): Buffer {
  return kept(value, () => JSON.stringify(value))
}

/** A clause is always cited under its own id. */
function keyed([id, clause]: readonly [string, object]): Buffer {
  return kept(clause, () => `${JSON.stringify(id)}:${JSON.stringify(clause)}`)
}

function kept(value: object, write: () => string): Buffer {
  const before = WRITTEN.get(value)
  if (before !== undefined) return before
  const bytes = Buffer.from(write())
  WRITTEN.set(value, bytes)
  return bytes
}

/** Lists of parts one after the other, a comma between the parts of a list. */
function joined(lists: readonly (readonly Buffer[])[]): Buffer {
  let length = 0
  for (const list of lists) for (const part of list) length += part.length + 1
  const bytes = Buffer.allocUnsafe(length)
  let at = 0
  for (const list of lists) {
    for (const part of list) {
      bytes.set(part, at)
      at += part.length
      bytes[at++] = COMMA
    }
    // No comma after the last.
    if (list.length > 0) at -= 1
  }
  return bytes.subarray(0, at)
}
