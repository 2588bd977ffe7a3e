import { z } from 'zod'
import type { EntryBody } from '../model/decision.js'
import type { Problem, ProblemCode } from '../model/errors.js'
import { readJson } from '../model/read-json.js'
import { digestOf } from '../rulebook/digest.js'
import { parseCheckpoint } from './checkpoint.js'
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
  /** When and where the facts of a decision were erased. */
  readonly erased: Map<string, EntryMoment>
  /** Entries that commit to facts, and the decision an erasure of these would name. */
  readonly sealed: Sealed[]
  /** Entries whose facts are here. */
  readonly facts: Set<string>
  /** Whether the export was made with facts: it says so, or holds some. */
  withFacts: boolean
}

/** Where an entry stands in the log, and when it was recorded: processes beside each other may differ. */
export interface EntryMoment {
  readonly leafIndex: number
  readonly recordedAt: string
}

interface Sealed extends EntryMoment {
  readonly id: string
  readonly decision: string
}

const RuleLine = z.object({
  kind: z.literal('rule'),
  id: z.string(),
  digest: z.string(),
  rule: z.record(z.string(), z.unknown()),
})
type RuleLine = Readonly<z.infer<typeof RuleLine>>
const CheckpointLine = z.object({
  kind: z.literal('checkpoint'),
  size: z.int().min(0),
  note: z.string(),
  /** What the export says of itself, with its own checkpoint. */
  withFacts: z.boolean().optional(),
})
type CheckpointLine = Readonly<z.infer<typeof CheckpointLine>>
const Line = z.discriminatedUnion('kind', [EntryLine, FactsLine, RuleLine, CheckpointLine])
type Line = Readonly<z.infer<typeof Line>>

/** The body of the entry read last: its facts follow it. Null when it cannot be read. */
interface Current {
  body: EntryBody | null | undefined
  index: number
  /** The highest place so far. */
  highest: number
  /** Places that were passed over, first and last, and those that came later all the same. */
  readonly gaps: (readonly [number, number])[]
  readonly late: Set<number>
}

/** A line of an export: as the bytes of a file, or as text that was just made. */
export type ExportLine = Uint8Array | string

/** Reads an export; holds a few numbers for each entry, never the entries. */
export async function readExport(lines: AsyncIterable<ExportLine>): Promise<ReadExport> {
  const read = emptyExport()
  const current: Current = {
    ...{ body: undefined, index: -1, highest: -1 },
    ...{ gaps: [], late: new Set() },
  }
  let number = 0
  for await (const line of lines) {
    number += 1
    if (line.length > 0) takeLine(read, parse(line), { current, number })
  }
  read.findings.push(...removed(current))
  return read
}

/** The places of the log whose entry stands nowhere in the file. */
function removed({ gaps, late }: Current): readonly Finding[] {
  const found: Finding[] = []
  const add = (first: number, last: number) => {
    if (first > last) return
    found.push(finding('removed', null, `${missing(first, last)} missing`))
  }
  const came = [...late].sort((a, b) => b - a)
  for (const [first, last] of gaps) {
    let from = first
    for (let place = came.at(-1); place !== undefined && place <= last; place = came.at(-1)) {
      came.pop()
      if (place < from) continue
      add(from, place - 1)
      from = place + 1
    }
    add(from, last)
  }
  return found
}

/** Where in an export a line stands. */
interface Place {
  readonly current: Current
  /** Of the line, from 1. */
  readonly number: number
}

function takeLine(read: ReadExport, line: Line | string, place: Place): void {
  if (typeof line === 'string')
    read.findings.push(finding('unreadable', null, `line ${place.number} ${line}`))
  else if (line.kind === 'entry') takeEntry(read, line, place.current)
  else if (line.kind === 'facts') takeFacts(read, line, place)
  else if (line.kind === 'rule') takeRule(read, line)
  else takeCheckpoint(read, line, place)
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
    erased: new Map(),
    sealed: [],
    facts: new Set(),
    withFacts: false,
  }
}

/** One thing that is wrong. */
export function finding(problem: string, id: string | null, message: string): Finding {
  return { problem, id, message }
}

const UNREADABLE = 'cannot be read'
const WHY: Partial<Record<ProblemCode, string>> = {
  'duplicate-key': 'repeats a key',
  'not-utf8': 'is not clean UTF-8',
}

/** A line of an export, or why it is none, in words that follow its number. */
function parse(line: ExportLine): Line | string {
  try {
    const bytes = typeof line === 'string' ? Buffer.from(line) : line
    return Line.safeParse(readJson(bytes)).data ?? UNREADABLE
  } catch (error) {
    return WHY[(error as Problem).code] ?? UNREADABLE
  }
}

function takeEntry(read: ReadExport, line: EntryLine, current: Current): void {
  const { findings, leaves, leafOf } = read
  const { leafIndex, id, leafHash } = line
  const { highest, gaps, late } = current
  if (leafIndex > highest + 1) gaps.push([highest + 1, leafIndex - 1])
  if (leafIndex <= highest) {
    late.add(leafIndex)
    findings.push(
      finding('reordered', id, `entry ${leafIndex}, ${id}, stands after entry ${highest}`),
    )
  }
  current.index = leafIndex
  current.highest = Math.max(highest, leafIndex)
  const { faults, body } = checkEntry(line)
  if (leafOf.has(id)) findings.push(finding('repeated', id, `${id} stands in the log twice`))
  leafOf.set(body?.id ?? id, leafHash)
  leaves.push(Buffer.from(leafHash, 'base64'))
  for (const { problem, message } of faults)
    findings.push(finding(problem, id, `entry ${leafIndex}, ${id}, ${message}`))
  current.body = body
  if (body !== null) takeBody(read, body, leafIndex)
}

function missing(first: number, last: number): string {
  return first === last ? `entry ${first} is` : `entries ${first} to ${last} are`
}

function takeBody(read: ReadExport, body: EntryBody, leafIndex: number): void {
  const { used, about, erased, sealed } = read
  const { id, recordedAt } = body
  for (const { ruleVersion, ruleDigest } of versionsUsed(body)) {
    const key = `${ruleVersion} ${ruleDigest}`
    if (!used.has(key)) used.set(key, { digest: ruleDigest, id })
  }
  const decision = body.kind === 'decision' ? id : body.decision
  if (body.kind !== 'decision') about.push({ id, decision })
  if (body.kind === 'erasure') erased.set(decision, { leafIndex, recordedAt })
  else sealed.push({ id, decision, leafIndex, recordedAt })
}

function takeFacts(read: ReadExport, line: FactsLine, { current, number }: Place): void {
  const { findings, facts } = read
  const { body, index } = current
  const { id } = line
  if (facts.has(id))
    findings.push(finding('repeated', id, `the facts of ${id} stand here again on line ${number}`))
  facts.add(id)
  read.withFacts = true
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

function takeCheckpoint(read: ReadExport, line: CheckpointLine, { number }: Place): void {
  const { size, note, withFacts = false } = line
  const name = `the checkpoint on line ${number}`
  const signed = parseCheckpoint(note)?.size ?? size
  if (signed !== size) {
    const message = `${name} says ${size} entries, and ${signed} in its note`
    read.findings.push(finding('checkpoint-size', null, message))
  }
  read.checkpoints.push({ name, text: note })
  if (withFacts) read.withFacts = true
}

function takeRule({ findings, rules }: ReadExport, { id, digest, rule }: RuleLine): void {
  if (rules.has(id)) findings.push(finding('repeated', id, `${id} stands in the export twice`))
  rules.set(id, digestOf(rule))
  if (rules.get(id) !== digest)
    findings.push(finding('rule-changed', id, `${id} does not have the digest it is exported with`))
}
