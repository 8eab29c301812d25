/** Begins the console. */

// Before the rooms, whose rules count more.
import "./style/tokens.css";
import "./style/base.css";
import "./parts/parts.css";

import { render } from "preact";
import { App } from "./app.tsx";
import "./one-press.ts";
import { restoreSession } from "./session/session.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no root.");
// The page is drawn while the gateway still says whose the key is.
void restoreSession();
render(<App />, root);
