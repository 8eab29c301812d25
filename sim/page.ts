/** The page for people who open the simulator in a browser: it lists the scenarios. */
import { SCENARIOS } from "./scenarios.ts";

function escaped(text: string): string {
	return text.replace(/[&<>]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

const rows = Object.entries(SCENARIOS)
	.map(([name, { about }]) => `<tr><td><code>sim:${name}</code><td>${escaped(about)}`)
	.join("\n");

const HTML = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>fal simulator</title>
<style>
	:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
	body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
	td { padding: 0.15rem 1rem 0.15rem 0; vertical-align: top; border-top: 1px solid #8883; }
	code { white-space: nowrap; }
</style>
<h1>fal simulator</h1>
<p>Answers as fal.ai's queue and CDN do. Put a word into a prompt to choose a scenario; <code>sim:name=value</code>
changes one thing, such as <code>sim:run-ms=5000</code>.</p>
<p>See also <a href="/sim/calls">the calls</a>, <a href="/sim/scenarios">the scenarios as JSON</a> and
<a href="/.well-known/jwks.json">the keys</a>.</p>
<table>
${rows}
</table>
</html>
`;

export function page(): Response {
	return new Response(HTML, { headers: { "content-type": "text/html; charset=utf-8" } });
}
