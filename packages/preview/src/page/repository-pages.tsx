import { ContextPage } from "./context-page.tsx";
import { CopiesPage } from "./copies-page.tsx";
import { DoctorPage } from "./doctor-page.tsx";
import { FilePage } from "./file-page.tsx";
import type { Place } from "./place.ts";

interface PagesProps {
  readonly revision: number | undefined;
  readonly place: Place;
  go(place: Place): void;
}

/** What the page shows of the repository; nothing for a place that is none of it. */
export function RepositoryPages(props: PagesProps) {
  const { view } = props.place;
  if (view === "file") return <FilePage key={props.place.name} {...props} />;
  if (view === "context") return <ContextPage {...props} />;
  if (view === "doctor") return <DoctorPage {...props} />;
  return view === "copies" ? <CopiesPage {...props} /> : null;
}
