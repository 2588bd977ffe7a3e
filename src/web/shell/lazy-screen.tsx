import { type ComponentType, lazy, Suspense, useState } from 'react'
import { Guarded } from './guarded.tsx'
import { BrokenScreen, Loading, NotLoaded } from './states.tsx'

type Load<P> = () => Promise<{ readonly default: ComponentType<P> }>

/** A screen whose file is fetched when it is opened. */
export const lazyScreen = (load: Load<object>) =>
  lazyPart(load, (again) => <BrokenScreen again={again} />)

/**
 * A part of the page whose file is fetched when it is first shown; trying again after it did not
 * come fetches it anew, for `lazy` alone remembers its failure.
 */
export function lazyPart<P extends object>(
  load: Load<P>,
  instead = (again: () => void): React.ReactNode => <NotLoaded again={again} />,
): ComponentType<P> {
  let part = lazy(load)
  return function LazyPart(props) {
    const [Part, setPart] = useState(() => part)
    const renew = () => {
      part = lazy(load)
      setPart(() => part)
    }
    return (
      <Guarded instead={instead} renew={renew}>
        <Suspense fallback={<Loading />}>
          <Part {...props} />
        </Suspense>
      </Guarded>
    )
  }
}
