import { OPEN } from '../../engine/bounds.js'
import { compileProgram } from '../../engine/compile.js'
import { type LeafNode, leavesOf } from '../../engine/condition-node.js'
import { evaluate } from '../../engine/evaluate.js'
import { type HouseholdFacts, NO_MEMBER } from '../../engine/fact-values.js'
import { householdFacts } from '../../engine/household-facts.js'
import { loadFacts } from '../../engine/load-facts.js'
import { type MissingFact, missingFacts } from '../../engine/missing.js'
import { answersToTry, withAnswer } from '../../engine/next-question.js'
import type { PlacedNode, Program } from '../../engine/program.js'
import type { Rule } from '../../engine/rule.js'
import { dayOf } from '../../model/civil-date.js'
import type { LoadedProgramme } from '../rulebook.js'
import type { Finding } from './finding.js'

/** Versions whose unknown outcomes no question can settle, with what they would need instead. */
export function unsettledVersions({ versions, jurisdiction }: LoadedProgramme): readonly Finding[] {
  return versions.flatMap((version): Finding[] => {
    const { rule } = version
    const needs = rule.version.validFrom === null ? START : unanswered(rule, jurisdiction.code)
    const reason = `no answer settles its unknown outcomes; it needs ${needs}`
    return needs === undefined ? [] : [{ id: `never-settled ${rule.id}`, reason }]
  })
}

const START = 'a text that says since when the figure applied'
/** Questions asked of one household before giving up. */
const MOST_QUESTIONS = 50

/** Asks about a household of one of which nothing is known; what is missing when nothing helps. */
function unanswered(rule: Rule, jurisdiction: string): string | undefined {
  const program = compileProgram([rule.conditions])
  const [root] = program.roots as [PlacedNode]
  const leaves = leavesOf(rule.conditions)
  const asOf = dayOf(rule.version.validFrom as string)
  const member = rule.subject === 'member' ? 0 : NO_MEMBER
  let facts = householdFacts({ members: [{ id: 'm1' }] }, asOf, jurisdiction)
  for (let asked = 0; asked < MOST_QUESTIONS; asked++) {
    const missing = openFacts(program, root, facts, member)
    const question = missing.find(isAnswerable)
    if (missing.length === 0) return undefined
    if (question === undefined) return missing.map(({ fact }) => fact.id).join(', ')
    facts = best({ program, root, leaves, facts, member }, question)
  }
  return 'an answer that settles it'
}

function isAnswerable({ fact }: MissingFact): boolean {
  return fact.derive === undefined || fact.fact.askedOf !== undefined
}

/** What an open condition still asks for; nothing when it is settled. */
function openFacts(
  program: Program,
  root: PlacedNode,
  facts: HouseholdFacts,
  member: number,
): readonly MissingFact[] {
  loadFacts(program, facts)
  if (member !== NO_MEMBER) loadFacts(program, facts, member)
  evaluate(program)
  if (program.bytes[root.byte] !== OPEN) return []
  return [...missingFacts(root, program.bytes, facts, member).values()]
}

interface Asking {
  readonly leaves: readonly LeafNode[]
  readonly program: Program
  readonly root: PlacedNode
  readonly facts: HouseholdFacts
  readonly member: number
}

/** The facts with the answer that leaves least open. */
function best(
  { program, root, leaves, facts, member }: Asking,
  question: MissingFact,
): HouseholdFacts {
  const answered = answersToTry(question.fact, leaves, facts).map((answer) => {
    const next = withAnswer(facts, question, answer)
    return { next, open: openFacts(program, root, next, member).length }
  })
  return answered.reduce((a, b) => (b.open < a.open ? b : a)).next
}
