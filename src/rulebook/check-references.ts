import type { Clause } from '../model/clause.js'
import { checkConflicts } from './check-conflicts.js'
import { mentionsIn } from './mentions.js'
import { at, type Parts, type Placed } from './parts.js'
import type { Defect } from './rulebook.js'

/** Ids of clauses, interpretations, documents, jurisdictions and programmes that lead nowhere. */
export function checkReferences(parts: Parts): readonly Defect[] {
  const known = {
    clause: new Set(parts.clauses.map(({ value }) => value.id)),
    interpretation: new Set(parts.interpretations.map(({ value }) => value.id)),
  }
  const dangling = (place: Placed<unknown>, json: unknown, below: string) =>
    mentionsIn(json).flatMap(({ kind, id, pointer }) =>
      kind === 'fact' || known[kind].has(id)
        ? []
        : [at(place, below + pointer, `unknown ${kind} "${id}"`)],
    )
  return [
    ...parts.versions.flatMap((place) => dangling(place, place.from.json, '')),
    ...parts.facts.flatMap((place) => dangling(place, place.value, '')),
    ...parts.clauses.flatMap((place) => dangling(place, place.value.referral, '/referral')),
    ...parts.cases.flatMap((place) => dangling(place, place.value.expect, '/expect')),
    ...parts.conflicts.flatMap((place) => dangling(place, place.value, '')),
    ...checkClauses(parts),
    ...checkConflicts(parts),
    ...checkWarnings(parts),
  ]
}

function checkClauses({ clauses, documents, jurisdictions }: Parts): readonly Defect[] {
  const ids = new Set(documents.map(({ value }) => value.id))
  const codes = new Set(jurisdictions.map(({ value }) => value.code))
  return clauses.flatMap((place) => {
    const { document, referral } = place.value
    const defects = [...statusDefects(place)]
    if (!ids.has(document)) defects.push(at(place, '/document', `unknown document "${document}"`))
    if (referral !== undefined && !codes.has(referral.jurisdiction)) {
      defects.push(
        at(place, '/referral/jurisdiction', `unknown jurisdiction "${referral.jurisdiction}"`),
      )
    }
    return defects
  })
}

function statusDefects(place: Placed<Clause>): readonly Defect[] {
  const { status, referral, why } = place.value
  const defects: Defect[] = []
  if ((status === 'referral') !== (referral !== undefined)) {
    defects.push(
      at(place, '/status', 'a clause of status "referral", and only it, names the group it refers'),
    )
  }
  if (status !== 'encoded' && why === undefined) {
    defects.push(at(place, '/status', `a clause of status "${status}" says why it is not a rule`))
  }
  return defects
}

function checkWarnings({ versions, files }: Parts): readonly Defect[] {
  const programmes = files.filter(({ kind }) => kind === 'programme')
  const known = new Set(programmes.map(({ folder }) => folder))
  return versions.flatMap((place) =>
    (place.value.warnings ?? []).flatMap(({ programme }, index) =>
      programme === undefined || known.has(programme)
        ? []
        : [at(place, `/warnings/${index}/programme`, `unknown programme "${programme}"`)],
    ),
  )
}
