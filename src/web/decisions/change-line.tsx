import { Link } from 'wouter'
import { quantity } from '../answer/quantity.ts'
import { useProgrammeName } from '../words/use-names.ts'
import { useWords } from '../words/use-words.ts'
import { RecordedMark, type RecordedOutcome } from './recorded-mark.tsx'
import { subjectText } from './subject-text.ts'
import type { WorkLine } from './use-worklist.ts'

type Change = Extract<WorkLine, { kind: 'changed' }>['changes'][number]

/** One outcome or amount that changes, and what it comes to. */
export function ChangeLine({ change }: { change: Change }) {
  const { w } = useWords()
  const words = w.decisions.worklist
  const name = useProgrammeName()
  const { programme, subject, recorded, replayed } = change
  return (
    <div className="change">
      <h4>
        {name(programme)} · {subjectText(subject, w)}
      </h4>
      <div className="two">
        <Paid title={words.before} paid={recorded} />
        <Paid title={words.after} paid={replayed} />
      </div>
      <Arrears change={change} />
    </div>
  )
}

function Paid({ title, paid }: { title: string; paid: Change['recorded'] }) {
  const { w } = useWords()
  return (
    <div>
      <p className="quiet">{title}</p>
      {paid === null ? (
        <p>{w.decisions.worklist.notDetermined}</p>
      ) : (
        <>
          <p className="row">
            <RecordedMark outcome={paid.outcome as RecordedOutcome} />
            {paid.amount !== null && <strong>{quantity(paid.amount, paid.unit, w)}</strong>}
          </p>
          <p className="quiet">
            <Link href={`/rules/${paid.ruleVersion.replace('@', '/')}`}>{paid.ruleVersion}</Link>
          </p>
        </>
      )}
    </div>
  )
}

function Arrears({ change: { arrears } }: { change: Change }) {
  const { w } = useWords()
  const words = w.decisions.worklist
  if (arrears === null) return <p className="quiet">{words.noArrears}</p>
  const { monthlyDifference, months, from, to, overpayment } = arrears
  const yuan = (amount: number) => quantity(amount, 'CNY', w)
  return (
    <p>
      <strong>
        {monthlyDifference < 0 ? words.over(yuan(overpayment)) : words.owed(yuan(arrears.arrears))}
      </strong>{' '}
      · {words.months(yuan(Math.abs(monthlyDifference)), months, from, to)}
    </p>
  )
}
