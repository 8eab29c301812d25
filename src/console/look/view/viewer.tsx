/** What the address shows over the gallery: a job, or two pictures beside each other. */

import { useEffect } from "preact/hooks";
import { go, route } from "../../router.ts";
import { parsePlace } from "./address.ts";
import { CompareView } from "./compare-view.tsx";
import { JobView } from "./job-view.tsx";
import "./view.css";

export function Viewer() {
	const { view, rest } = route.value;
	const place = parsePlace(rest[0], rest[1]);
	const other = parsePlace(rest[2], rest[3]);
	if (place === null || (view === "compare" && other === null)) return <Nowhere />;
	if (other !== null) return <CompareView left={place} right={other} />;
	return <JobView id={place.job} index={place.index} />;
}

/** An address that names no picture leads to the gallery. */
function Nowhere() {
	useEffect(() => go("/", { replace: true }), []);
	return null;
}
