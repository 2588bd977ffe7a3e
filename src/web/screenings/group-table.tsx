import { Table } from '../shell/table.tsx'
import { useWords } from '../words/use-words.ts'
import type { ProgrammeImpact } from './impact-figures.tsx'
import { countWord, yuanWord } from './in-words.ts'

/** Who gains and loses by one trait of the households: the figures, each with its bar. */
export function GroupTable({ dimension }: { dimension: ProgrammeImpact['by'][number] }) {
  const { w, language } = useWords()
  const words = w.screenings.impact
  const title = words.by(dimension.name[language])
  const most = Math.max(
    1,
    ...dimension.groups.flatMap(({ gained, lost }) => [gained ?? 0, lost ?? 0]),
  )
  return (
    <details className="more" open={dimension.dimension === 'size'}>
      <summary>{title}</summary>
      <Table
        label={title}
        columns={[words.group, words.gained, words.lost, words.after, words.subjects, words.cost]}
      >
        {dimension.groups.map(({ value, name, ...group }) => (
          <tr key={value ?? ''}>
            <th scope="row">{name[language]}</th>
            <Barred figure={group.gained} most={most} kind="gained" />
            <Barred figure={group.lost} most={most} kind="lost" />
            <Plain figure={group.eligibleAfter} />
            <Plain figure={group.subjects} />
            {/* A group that is not hidden has no cost where nothing is paid by the month. */}
            {group.subjects !== null && group.costPerMonth === null ? (
              <td className="number">–</td>
            ) : (
              <Plain figure={group.costPerMonth} word={yuanWord} />
            )}
          </tr>
        ))}
      </Table>
    </details>
  )
}

function Plain({ figure, word = countWord }: PlainProps) {
  const { w } = useWords()
  return (
    <td className="number">{figure === null ? w.screenings.impact.hiddenMark : word(figure)}</td>
  )
}
interface PlainProps {
  readonly figure: number | null
  readonly word?: (figure: number) => string
}

const WIDTH = 90

function Barred({ figure, most, kind }: BarredProps) {
  const { w } = useWords()
  return (
    <td className="number">
      {figure === null ? w.screenings.impact.hiddenMark : countWord(figure)}
      {figure !== null && (
        <svg className={`figure-bar ${kind}`} viewBox={`0 0 ${WIDTH} 8`} aria-hidden="true">
          <rect width={WIDTH} height="8" className="room" />
          <rect width={(figure / most) * WIDTH} height="8" />
        </svg>
      )}
    </td>
  )
}
interface BarredProps {
  readonly figure: number | null
  readonly most: number
  readonly kind: 'gained' | 'lost'
}
