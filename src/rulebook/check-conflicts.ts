import type { Conflict } from '../model/conflict.js'
import { at, type Parts, type Placed } from './parts.js'
import type { Defect } from './rulebook.js'

/** Conflicts of programmes that are not there, of different places, out of order, or stated twice. */
export function checkConflicts({ conflicts, programmes }: Parts): readonly Defect[] {
  const known = new Set(programmes.map(({ value }) => value.id))
  const seen = new Set<string>()
  return conflicts.flatMap((place) => {
    const wrong = [...unknownProgrammes(place, known), ...pairDefects(place)]
    const pair = place.value.programmes.join(' ')
    if (seen.has(pair)) wrong.push(at(place, '/programmes', 'the pair stands twice'))
    seen.add(pair)
    return wrong
  })
}

function unknownProgrammes(place: Placed<Conflict>, known: ReadonlySet<string>): readonly Defect[] {
  return place.value.programmes.flatMap((id, index) =>
    known.has(id) ? [] : [at(place, `/programmes/${index}`, `unknown programme "${id}"`)],
  )
}

function pairDefects(place: Placed<Conflict>): Defect[] {
  const [a, b] = place.value.programmes
  if (a >= b)
    return [at(place, '/programmes', 'two different programmes, in the order of their ids')]
  const apart = a.split('/')[0] !== b.split('/')[0]
  return apart ? [at(place, '/programmes', 'the programmes are of two jurisdictions')] : []
}
