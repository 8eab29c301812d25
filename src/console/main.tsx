/** Begins the console. */

import { render } from "preact";
import { App } from "./app.tsx";
import { restoreSession } from "./session/session.ts";
import "./style/tokens.css";
import "./style/base.css";
import "./parts/parts.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no root.");
// Who has a key sees no form flash by.
await restoreSession();
render(<App />, root);
