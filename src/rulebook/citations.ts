import type { Dictionary } from '../engine/fact-definition.js'
import { restsOn } from '../engine/facts-read.js'
import type { Clause } from '../model/clause.js'
import type { RuleVersion } from '../model/rule-version.js'
import { DEFINITION_ALREADY_SO, mentionsIn } from './mentions.js'
import { at, type Parts, type Placed } from './parts.js'
import type { Defect } from './rulebook.js'

/** A clause a rule version rests on, itself or through the definition of a fact. */
export interface Citation {
  readonly clause: string
  /** Where the version names the clause, or the fact. */
  readonly pointer: string
  /** Cited under `definition-already-so`: its commencement binds nothing. */
  readonly alreadySo: boolean
}

/** Every citation of a rule version, in document order. */
export function citationsOf(json: unknown, dictionary: Dictionary): readonly Citation[] {
  const citations = citationsIn(json, dictionary)
  const already = new Set(
    citations.filter(({ alreadySo }) => alreadySo).map(({ clause }) => clause),
  )
  // A parameter names no interpretation: its clause is exempt with the condition that uses it.
  return citations.map((citation) =>
    citation.pointer.startsWith('/parameters/') && already.has(citation.clause)
      ? { ...citation, alreadySo: true }
      : citation,
  )
}

function citationsIn(json: unknown, dictionary: Dictionary): readonly Citation[] {
  return mentionsIn(json).flatMap(({ kind, id, pointer, alreadySo }) => {
    if (kind === 'interpretation') return []
    if (kind === 'clause') return [{ clause: id, pointer, alreadySo }]
    const compared = dictionary.get(id)
    if (compared === undefined) return []
    const already = alreadySo || compared.interpretations.includes(DEFINITION_ALREADY_SO)
    return [...restsOn(compared)]
      .flatMap((fact) => mentionsIn(fact.fact))
      .filter((mention) => mention.kind === 'clause')
      .map((mention) => ({ clause: mention.id, pointer, alreadySo: already || mention.alreadySo }))
  })
}

/** The latest stated commencement among the cited clauses, or null. */
export function latestCommencement(
  citations: readonly Citation[],
  clauses: ReadonlyMap<string, Clause>,
): string | null {
  const days = citations.flatMap(({ clause, alreadySo }) =>
    alreadySo ? [] : (clauses.get(clause)?.commencement ?? []),
  )
  return days.sort().at(-1) ?? null
}

/** Versions in force before a law they cite. */
export function checkCommencements(
  { versions }: Pick<Parts, 'versions'>,
  dictionary: Dictionary,
  clauses: ReadonlyMap<string, Clause>,
): readonly Defect[] {
  return versions.flatMap((place) =>
    beforeTheLaw(place, citationsOf(place.from.json, dictionary), clauses),
  )
}

function beforeTheLaw(
  place: Placed<RuleVersion>,
  citations: readonly Citation[],
  clauses: ReadonlyMap<string, Clause>,
): readonly Defect[] {
  const { validFrom } = place.value
  if (validFrom === null) return []
  return citations.flatMap(({ clause, pointer, alreadySo }) => {
    const start = clauses.get(clause)?.commencement
    if (alreadySo || start == null || start <= validFrom) return []
    return [at(place, pointer, `in force on ${validFrom}, before ${clause} (${start})`)]
  })
}
