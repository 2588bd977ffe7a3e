import type { Schemas } from '../api/client.ts'
import { today } from '../household/asked.tsx'
import { useVersionName } from '../words/use-names.ts'
import { useWords } from '../words/use-words.ts'

interface TimelineProps {
  readonly versions: readonly Schemas['VersionOnBothClocks'][]
  readonly chosen: string
}

const WIDTH = 720
const LEFT = 140
const RIGHT = 190
const ROW = 30

/** Versions as bars over the days they are in force, newest publication last. The table says the same. */
export function Timeline({ versions, chosen }: TimelineProps) {
  const { w } = useWords()
  const named = useVersionName()
  const dates = versions.flatMap(({ validFrom, validTo }) => [validFrom, validTo])
  const years = [...dates.filter((date) => date !== null), today()].map(yearOf)
  const first = Math.floor(Math.min(...years)) - 1
  const last = Math.ceil(Math.max(...years)) + 1
  const x = (year: number) => LEFT + ((year - first) / (last - first)) * (WIDTH - LEFT - RIGHT)
  const height = versions.length * ROW + 34
  const starts = versions.flatMap(({ validFrom }) => (validFrom === null ? [] : [validFrom])).sort()
  const endOf = (one: TimelineProps['versions'][number]) => {
    const next = starts.find((date) => date > (one.validFrom ?? ''))
    return one.validTo ?? next ?? null
  }
  return (
    <svg
      className="chart"
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={w.rules.twoClocks}
    >
      {[first, Math.round((first + last) / 2), last].map((year) => (
        <g key={year}>
          <line x1={x(year)} x2={x(year)} y1={0} y2={height - 24} stroke="#cdd5da" />
          <text x={x(year)} y={height - 8} textAnchor="middle">
            {year}
          </text>
        </g>
      ))}
      {versions.map((one, index) => {
        const from = one.validFrom === null ? first : yearOf(one.validFrom)
        const end = endOf(one)
        const y = index * ROW + 6
        return (
          <g key={one.version}>
            <text x={4} y={y + 14} fontWeight={one.version === chosen ? 700 : 400}>
              {named(one.version)}
            </text>
            <rect
              x={x(from)}
              y={y}
              width={Math.max(2, x(end === null ? last : yearOf(end)) - x(from))}
              height={ROW - 12}
              fill={one.version === chosen ? '#0b5c6b' : '#9fccd4'}
              stroke="#063a44"
              strokeDasharray={one.validFrom === null ? '4 3' : undefined}
              opacity={one.supersededBy === null ? 1 : 0.5}
            />
            <text x={WIDTH - RIGHT + 12} y={y + 14}>
              {w.rules.published} {one.publishedAt?.slice(0, 10)}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

/** A date as a year with its fraction. */
export function yearOf(date: string): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return year + (month - 1) / 12 + (day - 1) / 365
}
