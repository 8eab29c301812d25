/** Begins the console. */

// Before the rooms, whose rules count more.
import "./style/tokens.css";
import "./style/base.css";
import "./parts/parts.css";

import { render } from "preact";
import { App } from "./app.tsx";
import { restoreSession } from "./session/session.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no root.");
// Who has a key sees no form flash by.
await restoreSession();
render(<App />, root);
