//! A question to a worker: asked in the console, told by the pull, answered by a record of its own.

use rounds_shared::record::Reply;
use rounds_shared::team::QuestionView;
use rounds_tests::{Figures, both_databases, contact};
use serde_json::json;

both_databases! {
    async fn a_question_comes_to_the_phone_and_its_answer_to_the_supervisor(app: &TestApp) {
        let (dora, samir) = (app.supervisor("dora").await, app.supervisor("samir").await);
        let mut amina = app.peer_of(&dora, "amina").await;
        let zuri = app.peer_of(&dora, "zuri").await;
        let recorded = amina.records(contact().syringes(100));
        amina.syncs().await;
        let path = format!("/api/v1/records/{}/questions", recorded.record);
        assert_eq!(samir.post(&path, &json!({ "words": "Were it ten?" })).await.status, 404);
        let asked: QuestionView = dora.post(&path, &json!({ "words": "How many were it?" })).await.json();
        assert!(zuri.pulls(0, 0).await.questions.is_empty(), "it is amina's");
        let told = amina.pulls(0, 0).await.questions;
        assert_eq!(told, std::slice::from_ref(&asked.question));
        assert_eq!((told[0].asked_by.as_str(), told[0].kind.as_str(), told[0].words.as_str()), ("dora", "contact", "How many were it?"));
        amina.says("answer", &json!({ "question": told[0].id, "about": told[0].record, "reply": "number", "number": 10 }));
        amina.syncs().await;
        assert!(amina.pulls(0, 0).await.questions.is_empty(), "it is answered");
        let listed: Vec<QuestionView> = dora.get("/api/v1/questions").await.json();
        assert_eq!((listed[0].answers[0].reply, listed[0].answers[0].number), (Reply::Number, Some(10)));
        assert!(samir.get("/api/v1/questions").await.json::<Vec<QuestionView>>().is_empty());
        // An answer changes nothing by itself; the supervisor corrects the record.
        dora.sees(Figures { contacts: 1, syringes_out: 100, ..Figures::default() }).await;
        dora.corrects(&dora.record(recorded.record).await, contact().syringes(10).keeps_code().of(amina.worker(), recorded.contact.service_date)).await.succeeds();
        dora.post(&format!("/api/v1/questions/{}/close", asked.question.id), &json!({})).await.succeeds();
        assert!(dora.get("/api/v1/questions").await.json::<Vec<QuestionView>>().is_empty());
        let of_record: Vec<QuestionView> = dora.get(&format!("/api/v1/questions?record={}", recorded.record)).await.json();
        assert!(of_record[0].closed && of_record[0].rev == 2);
        dora.sees(Figures { contacts: 1, syringes_out: 10, ..Figures::default() }).await;
        app.verified().await;
    }

    async fn an_answer_is_a_word_or_a_number(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let id = "0197a000-0000-7000-8000-0000000000aa";
        amina.says("answer", &json!({ "question": id, "about": id, "reply": "number" }));
        amina.says("answer", &json!({ "question": id, "about": id, "reply": "yes", "number": 1 }));
        amina.says("answer", &json!({ "question": id, "about": id, "reply": "unsure" }));
        let results = amina.syncs().await.results;
        let errors: Vec<usize> = results.iter().map(|result| result.errors.len()).collect();
        assert_eq!(errors, [1, 1, 0]);
        app.verified().await;
    }

    /// Any phone can name a question; only who was asked answers it.
    async fn nobody_answers_for_somebody_else(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let mut zuri = app.peer_of(&dora, "zuri").await;
        let (hers, theirs) = (amina.records(contact()).record, zuri.records(contact()).record);
        amina.syncs().await;
        zuri.syncs().await;
        let words = json!({ "words": "How many were it?" });
        let asked: QuestionView = dora.post(&format!("/api/v1/records/{hers}/questions"), &words).await.json();
        dora.post(&format!("/api/v1/records/{theirs}/questions"), &words).await.succeeds();
        zuri.says("answer", &json!({ "question": asked.question.id, "about": hers, "reply": "number", "number": 99 }));
        zuri.syncs().await;
        let listed: Vec<QuestionView> = dora.get("/api/v1/questions").await.json();
        assert!(listed.len() == 2 && listed.iter().all(|one| one.answers.is_empty()), "{listed:?}");
        assert_eq!(amina.pulls(0, 0).await.questions, [asked.question]);
        app.verified().await;
    }

    /// Answered questions stay open until the supervisor closes them, and keep no newer one from phone or board.
    async fn many_answered_questions_hide_no_new_one(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let record = amina.records(contact()).record;
        amina.syncs().await;
        let path = format!("/api/v1/records/{record}/questions");
        let mut last = None;
        for n in 0..202 {
            let asked: QuestionView = dora.post(&path, &json!({ "words": "Were it ten?" })).await.json();
            if (1..=200).contains(&n) {
                amina.says("answer", &json!({ "question": asked.question.id, "about": record, "reply": "yes" }));
            }
            last = Some(asked.question.id);
            app.clock.advance(chrono::Duration::milliseconds(1));
        }
        amina.syncs().await;
        let told = amina.pulls(0, 0).await.questions;
        assert!(told.len() == 2 && told.iter().any(|one| Some(one.id) == last));
        amina.says("answer", &json!({ "question": last.unwrap(), "about": record, "reply": "no" }));
        amina.syncs().await;
        let listed: Vec<QuestionView> = dora.get("/api/v1/questions").await.json();
        assert_eq!((listed.len(), listed.iter().filter(|one| one.answers.is_empty()).count()), (200, 0));
    }

    /// A question about a debrief tells of it.
    async fn a_question_about_a_debrief_is_for_the_own_supervisor(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let debrief = amina.says("debrief", &json!({ "mood": 1, "talk": "today" }));
        amina.syncs().await;
        let asked: QuestionView = dora.post(&format!("/api/v1/records/{debrief}/questions"), &json!({ "words": "Was it the raid?" })).await.json();
        let close = format!("/api/v1/questions/{}/close", asked.question.id);
        for path in ["/api/v1/questions".to_owned(), format!("/api/v1/questions?record={debrief}")] {
            assert!(app.ada.get(&path).await.json::<Vec<QuestionView>>().is_empty(), "{path}");
            assert_eq!(dora.get(&path).await.json::<Vec<QuestionView>>().len(), 1);
        }
        assert_eq!(app.ada.post(&close, &json!({})).await.refusal().0, 404);
        dora.post(&close, &json!({})).await.succeeds();
    }
}
