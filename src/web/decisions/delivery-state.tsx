import { Icon, type Standing } from '../answer/mark.tsx'
import { beijing } from '../words/beijing.ts'
import { type PageWords, useWords } from '../words/use-words.ts'
import { Instant } from './instant.tsx'

interface Delivery {
  readonly size: number
  readonly place: string
  readonly deliveredAt: string
}

interface DeliveryStateProps {
  /** Newest first. */
  readonly deliveries: readonly Delivery[]
  /** Entries in the log now. */
  readonly size: number
}

const DAY = 24 * 60 * 60 * 1000
/** Days after which entries that nobody outside can vouch for are a warning. */
const OLD = 1

interface State {
  readonly standing: Standing
  readonly text: string
  readonly help: string | null
}

function stateOf({ deliveries, size }: DeliveryStateProps, now: number, w: PageWords): State {
  const words = w.decisions.checkpoint
  const [last] = deliveries
  if (last === undefined) return { standing: 'unmet', text: words.never, help: words.neverHelp }
  const behind = size - last.size
  if (deliveries.some((one) => one.size > size))
    return { standing: 'unmet', text: words.beyond, help: words.beyondHelp }
  if (behind === 0) return { standing: 'met', text: words.current, help: null }
  const days = Math.floor((now - Date.parse(last.deliveredAt)) / DAY)
  return days < OLD
    ? { standing: 'open', text: words.behind(behind), help: null }
    : { standing: 'unmet', text: words.old(behind, days), help: words.oldHelp }
}

/** When the log was last taken outside and where to, with a warning when that is long ago or never. */
export function DeliveryState(props: DeliveryStateProps) {
  const { w } = useWords()
  const words = w.decisions.checkpoint
  const { standing, text, help } = stateOf(props, Date.now(), w)
  const [last] = props.deliveries
  return (
    <>
      <h3>{words.delivered}</h3>
      <p>
        <span className={`mark wraps ${standing}`}>
          <Icon standing={standing} />
          {text}
        </span>
      </p>
      {last !== undefined && <p>{words.at(last.place, beijing(last.deliveredAt), last.size)}</p>}
      {help !== null && <p>{help}</p>}
      {props.deliveries.length > 1 && (
        <details className="more">
          <summary>{words.history(props.deliveries.length)}</summary>
          <ul>
            {props.deliveries.map(({ deliveredAt, place, size }) => (
              <li key={`${deliveredAt} ${place}`}>
                <Instant at={deliveredAt} /> · {place} · {size}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
