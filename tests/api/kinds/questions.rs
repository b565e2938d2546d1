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
}
