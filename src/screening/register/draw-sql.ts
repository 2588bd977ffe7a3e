import type { FactDefinition } from '../../engine/fact-definition.js'
import { dateText } from '../../model/civil-date.js'
import { decimalsOf, factName } from '../../model/fact.js'
import { literal, quoted } from '../to-sql/dialect.js'
import type { Distribution } from './register-model.js'

/** What a draw depends on beside its distribution. */
export interface Draw {
  readonly fact: FactDefinition
  readonly seed: number
  /** Days since 1970 on which ages are reckoned. */
  readonly day: number
}

/** A column of a register: the value of its fact, NULL where nothing is known. */
export function drawSql(distribution: Distribution, draw: Draw): string {
  const unknown = `${uniform(draw, 'unknown')} < ${distribution.unknown}`
  const given =
    distribution.given === undefined
      ? ''
      : ` OR coalesce(len(${quoted(factName(distribution.given))}), 0) = 0`
  return `CASE WHEN ${unknown}${given} THEN NULL ELSE ${valueSql(distribution, draw)} END`
}

/** A number in [0, 1) that seed, row and purpose determine, whatever the number of threads. */
function uniform({ fact, seed }: Pick<Draw, 'fact' | 'seed'>, purpose: string): string {
  const row = fact.entity === 'member' ? '"key" * 64 + "position"' : '"key"'
  return fraction(`hash(hash(${row}, ${literal(`${seed} ${fact.id} ${purpose}`)}))`)
}

/** The upper 53 bits of a hash as a fraction. */
export function fraction(hash: string): string {
  return `((${hash} >> 11)::DOUBLE / 9007199254740992)`
}

function valueSql(distribution: Distribution, draw: Draw): string {
  const at = uniform(draw, 'value')
  switch (distribution.kind) {
    case 'truth':
      return `${at} < ${distribution.share}`
    case 'codes':
      return picked(distribution.shares, at)
    case 'set':
      return `CASE WHEN ${at} < ${distribution.empty} THEN []::VARCHAR[] ELSE [${picked(distribution.shares, uniform(draw, 'code'))}] END`
    case 'number': {
      const times = distribution.perMember ? ' * "size"' : ''
      return stepped(`(${interpolated(distribution.quantiles, at)})${times}`, draw.fact)
    }
    case 'birth': {
      const ages = distribution.positions.map((points) => interpolated(points, at))
      const years = choice(ages, (index) => `"position" = ${index + 1}`)
      return `DATE '${dateText(draw.day)}' - floor((${years}) * 365.25)::INTEGER`
    }
  }
}

/** Numbers in the last place of their fact. */
function stepped(value: string, { type, scale }: FactDefinition): string {
  if (type === 'integer') return `floor(${value})::INTEGER`
  const places = decimalsOf(scale)
  return `floor((${value}) * ${scale})::DECIMAL(15, 0) * ${(1 / scale).toFixed(places)}::DECIMAL(4, ${places})`
}

function picked(shares: Readonly<Record<string, number>>, at: string): string {
  let below = 0
  const limits = Object.values(shares).map((share) => {
    below += share
    return below
  })
  return choice(Object.keys(shares).map(literal), (index) => `${at} < ${limits[index]}`)
}

function interpolated(points: readonly Point[], at: string): string {
  const ends = points.slice(1)
  const lines = ends.map(([share, value], index) => {
    const [from, start] = points[index] as Point
    const slope = share === from ? 0 : (value - start) / (share - from)
    return `${start} + (${at} - ${from}) * ${slope}`
  })
  return choice(lines, (index) => `${at} < ${ends[index]?.[0]}`)
}

type Point = readonly [share: number, value: number]

/** The first value whose condition holds, else the last, of which nothing is asked. */
function choice(values: readonly string[], when: (index: number) => string): string {
  const branches = values.slice(0, -1).map((value, index) => `WHEN ${when(index)} THEN ${value} `)
  return branches.length === 0
    ? `${values.at(-1)}`
    : `CASE ${branches.join('')}ELSE ${values.at(-1)} END`
}
