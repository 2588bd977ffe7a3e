import { z } from 'zod'
import type { EntryBody } from '../model/decision.js'
import { digestOf } from '../rulebook/digest.js'
import type { Hash } from './merkle-tree.js'
import { checkEntry, checkFacts, EntryLine, FactsLine, versionsUsed } from './verify-entry.js'

/** One thing that is wrong. `id` names the entry, or the version, where one can be named. */
export interface Finding {
  readonly problem: string
  readonly id: string | null
  readonly message: string
}

/** A checkpoint and the name to call it. */
export interface NamedCheckpoint {
  readonly name: string
  readonly text: string
}

/** An export, read line by line: what is wrong by itself, and what else must be compared. */
export interface ReadExport {
  readonly findings: Finding[]
  /** Leaf hashes in the order of the file. */
  readonly leaves: Hash[]
  /** Leaf hash by id. */
  readonly leafOf: Map<string, string>
  readonly checkpoints: NamedCheckpoint[]
  /** Digest of each rule version in the export. */
  readonly rules: Map<string, string>
  /** Recorded digest of each version used, and the first decision under it. */
  readonly used: Map<string, { readonly digest: string; readonly id: string }>
  /** What reviews and erasures are about. */
  readonly about: { readonly id: string; readonly decision: string }[]
  readonly erased: Set<string>
  readonly facts: Set<string>
}

const RuleLine = z.object({
  kind: z.literal('rule'),
  id: z.string(),
  digest: z.string(),
  rule: z.record(z.string(), z.unknown()),
})
type RuleLine = Readonly<z.infer<typeof RuleLine>>
const CheckpointLine = z.object({ kind: z.literal('checkpoint'), note: z.string() })
const Line = z.discriminatedUnion('kind', [EntryLine, FactsLine, RuleLine, CheckpointLine])
type Line = Readonly<z.infer<typeof Line>>

/** The body of the entry read last: its facts follow it. Null when it cannot be read. */
interface Current {
  body: EntryBody | null | undefined
  index: number
}

/** Reads an export; holds a few numbers for each entry, never the entries. */
export async function readExport(lines: AsyncIterable<string>): Promise<ReadExport> {
  const read = emptyExport()
  const current: Current = { body: undefined, index: -1 }
  let number = 0
  for await (const text of lines) {
    number += 1
    if (text === '') continue
    const line = parse(text)
    if (line?.kind === 'entry') takeEntry(read, line, current)
    else if (line?.kind === 'facts') takeFacts(read, line, current)
    else if (line?.kind === 'rule') takeRule(read, line)
    else if (line?.kind === 'checkpoint')
      read.checkpoints.push({ name: `the checkpoint on line ${number}`, text: line.note })
    else read.findings.push(finding('unreadable', null, `line ${number} cannot be read`))
  }
  return read
}

function emptyExport(): ReadExport {
  return {
    findings: [],
    leaves: [],
    leafOf: new Map(),
    checkpoints: [],
    rules: new Map(),
    used: new Map(),
    about: [],
    erased: new Set(),
    facts: new Set(),
  }
}

/** One thing that is wrong. */
export function finding(problem: string, id: string | null, message: string): Finding {
  return { problem, id, message }
}

function parse(text: string): Line | null {
  try {
    return Line.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

function takeEntry(read: ReadExport, line: EntryLine, current: Current): void {
  const { findings, leaves, leafOf } = read
  const { leafIndex, id, leafHash } = line
  const expected = current.index + 1
  if (leafIndex > expected)
    findings.push(finding('removed', null, `${missing(expected, leafIndex - 1)} missing`))
  if (leafIndex < expected)
    findings.push(
      finding('reordered', id, `entry ${leafIndex}, ${id}, stands after entry ${current.index}`),
    )
  current.index = leafIndex
  const { faults, body } = checkEntry(line)
  if (leafOf.has(id)) findings.push(finding('repeated', id, `${id} stands in the log twice`))
  leafOf.set(body?.id ?? id, leafHash)
  leaves.push(Buffer.from(leafHash, 'base64'))
  for (const { problem, message } of faults)
    findings.push(finding(problem, id, `entry ${leafIndex}, ${id}, ${message}`))
  current.body = body
  if (body !== null) takeBody(read, body)
}

function missing(first: number, last: number): string {
  return first === last ? `entry ${first} is` : `entries ${first} to ${last} are`
}

function takeBody({ used, about, erased }: ReadExport, body: EntryBody): void {
  for (const { ruleVersion, ruleDigest } of versionsUsed(body)) {
    const key = `${ruleVersion} ${ruleDigest}`
    if (!used.has(key)) used.set(key, { digest: ruleDigest, id: body.id })
  }
  if (body.kind === 'decision') return
  about.push({ id: body.id, decision: body.decision })
  if (body.kind === 'erasure') erased.add(body.decision)
}

function takeFacts(
  { findings, facts }: ReadExport,
  line: FactsLine,
  { body, index }: Current,
): void {
  const { id } = line
  facts.add(id)
  if (body?.id !== id) {
    // Of an entry that could not be read its own finding is enough.
    if (body !== null)
      findings.push(finding('facts', id, `the facts of ${id} do not follow their entry`))
    return
  }
  const fault = checkFacts(line, body)
  if (fault !== null)
    findings.push(finding(fault.problem, id, `entry ${index}, ${id}, ${fault.message}`))
}

function takeRule({ findings, rules }: ReadExport, { id, digest, rule }: RuleLine): void {
  if (rules.has(id)) findings.push(finding('repeated', id, `${id} stands in the export twice`))
  rules.set(id, digestOf(rule))
  if (rules.get(id) !== digest)
    findings.push(finding('rule-changed', id, `${id} does not have the digest it is exported with`))
}
