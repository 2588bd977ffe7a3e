import type { UseQueryResult } from '@tanstack/react-query'
import { quantity } from '../answer/quantity.ts'
import type { ScreeningImpact } from '../api/screenings.ts'
import { failureText } from '../shell/failure-text.ts'
import { useWords } from '../words/use-words.ts'
import { GroupTable } from './group-table.tsx'
import { countWord, yuanWord } from './in-words.ts'

interface ImpactFiguresProps {
  readonly query: UseQueryResult<ScreeningImpact, Error>
  readonly subject: 'household' | 'member'
  /** Whether the figure has stood still: only then is it tried. */
  readonly still: boolean
}

/** What a figure changes: in all, and group by group. */
export function ImpactFigures({ query, subject, still }: ImpactFiguresProps) {
  const { w } = useWords()
  const words = w.screenings.impact
  if (query.error !== null)
    return (
      <p role="alert" className="fault">
        {failureText(query.error, w)}
      </p>
    )
  const [found] = query.data?.programmes ?? []
  const busy = !still || query.isFetching || query.isPlaceholderData
  return (
    <div aria-busy={busy}>
      <p role="status">
        {busy ? words.working : found === undefined ? '' : <Said found={found} subject={subject} />}
      </p>
      {found !== undefined && (
        <div>
          <Totals found={found} />
          <p className="quiet">{words.legend}</p>
          {found.by.map((dimension) => (
            <GroupTable key={dimension.dimension} dimension={dimension} />
          ))}
        </div>
      )}
    </div>
  )
}

export type ProgrammeImpact = ScreeningImpact['programmes'][number]

function Said({ found, subject }: { found: ProgrammeImpact; subject: 'household' | 'member' }) {
  const { w } = useWords()
  const words = w.screenings.impact
  const { gained, lost, costPerMonth } = found
  if (gained === null || lost === null) return words.saidHidden
  const cost = costPerMonth === null ? null : quantity(costPerMonth, 'CNY', w)
  return words.said(countWord(gained), countWord(lost), words.unit[subject], cost)
}

function Totals({ found }: { found: ProgrammeImpact }) {
  const { w } = useWords()
  const words = w.screenings.impact
  const figures = [
    [words.gained, found.gained],
    [words.lost, found.lost],
    [words.raised, found.raised],
    [words.lowered, found.lowered],
    [words.before, found.eligibleBefore],
    [words.after, found.eligibleAfter],
    [words.subjects, found.subjects],
  ] as const
  if (found.subjects === null) return <p>{words.hidden}</p>
  return (
    <dl className="figures">
      {figures.map(([name, figure]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{figure === null ? words.hiddenMark : countWord(figure)}</dd>
        </div>
      ))}
      <div>
        <dt>{words.cost}</dt>
        <dd>{found.costPerMonth === null ? words.noMoney : yuanWord(found.costPerMonth)}</dd>
      </div>
    </dl>
  )
}
