// Reads the cookie that only this path sees, and hands it to the app in the fragment: it outlives a cleared store,
// so that the app can say what was lost. The rest of the fragment (an enrolment link) goes back as it came.
"use strict";
const match = /(?:^|; )canary=([0-9A-Za-z.-]{1,80})(?:;|$)/.exec(document.cookie);
location.replace(`/#canary=${match ? match[1] : "none"}&${location.hash.slice(1)}`);
