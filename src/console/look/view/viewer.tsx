/** What the address shows over the gallery: a job, or two pictures beside each other. */

import { route } from "../../router.ts";
import { CompareView } from "./compare-view.tsx";
import { JobView } from "./job-view.tsx";
import "./view.css";

export function Viewer() {
	const { view, rest } = route.value;
	const [id = "", at = "0", otherId = "", otherAt = "0"] = rest;
	if (view === "compare")
		return <CompareView left={{ job: id, index: Number(at) }} right={{ job: otherId, index: Number(otherAt) }} />;
	return <JobView id={id} index={Number(at)} />;
}
