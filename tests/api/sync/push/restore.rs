//! A database put back to an older state: phones that saw more make the server begin a new epoch, and offer everything again.

use rounds_shared::sync::OpCode;
use rounds_tests::{Figures, both_databases, contact};

both_databases! {
    async fn a_phone_that_saw_more_starts_a_new_epoch(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let mut brian = app.peer("brian").await;
        let first = amina.records(contact().syringes(1)).sealed;
        let old = amina.pushes_one(first.clone()).await;
        let before = brian.pushes(Vec::new()).await;
        let copy = app.copy().await;
        let second = amina.records(contact().syringes(2)).sealed;
        let third = amina.records(contact().syringes(4)).sealed;
        amina.pushes(vec![second.clone(), third.clone()]).await;

        let restored = app.on(copy).await;
        amina.moves_to(&restored.client);
        brian.moves_to(&restored.client);
        let noticed = amina.pushes(Vec::new()).await;
        assert_ne!(noticed.epoch, before.epoch);
        let offered = amina.pushes(vec![first, second, third]).await;
        assert_eq!(offered.epoch, noticed.epoch, "one restore, one epoch");
        assert_eq!(brian.pushes(Vec::new()).await.epoch, noticed.epoch, "everybody offers everything again");
        assert_eq!(offered.results[0].code, OpCode::Duplicate);
        assert_eq!(offered.results[0].seq, old.seq);
        assert!(offered.results[1..].iter().all(|result| result.code == OpCode::Accepted));
        restored.ada.sees(Figures { contacts: 3, syringes_out: 7, ..Figures::default() }).await;
        restored.verified().await;
        restored.stop().await;
    }

    async fn a_restore_is_noticed_after_others_have_pushed_past_it(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let mut brian = app.peer("brian").await;
        let before = brian.pushes(Vec::new()).await;
        amina.pushes(Vec::new()).await;
        let copy = app.copy().await;
        let lost = amina.records(contact().syringes(2)).sealed;
        amina.pushes_one(lost.clone()).await;

        let restored = app.on(copy).await;
        amina.moves_to(&restored.client);
        brian.moves_to(&restored.client);
        for _ in 0..9 {
            let op = brian.records(contact().syringes(1)).sealed;
            brian.pushes_one(op).await;
        }
        let epoch = amina.pushes(Vec::new()).await.epoch;
        assert_ne!(epoch, before.epoch, "what amina saw is in no chain");
        assert_eq!(amina.pushes_one(lost).await.code, OpCode::Accepted);
        assert_eq!(brian.pushes(Vec::new()).await.epoch, epoch, "one restore, one epoch");
        restored.ada.sees(Figures { contacts: 10, syringes_out: 11, ..Figures::default() }).await;
        restored.verified().await;
        restored.stop().await;
    }

    async fn what_a_phone_makes_up_of_the_server_is_ignored(app: &TestApp) {
        let inland = app.another_programme("Inland").await;
        let mut stranger = inland.peer("amina").await;
        for _ in 0..9 {
            stranger.records(contact());
            stranger.syncs().await;
        }
        let mut amina = app.peer("amina").await;
        let epoch = amina.pushes(Vec::new()).await.epoch;
        let genuine = amina.phone.seen.clone();
        let forged = genuine.replacen(|_: char| true, "_", 1);
        for seen in [stranger.phone.seen.clone(), forged, "AAAA".repeat(14), "A".repeat(75), "nonsense!".to_owned(), String::new(), genuine] {
            amina.phone.seen = seen;
            assert_eq!(amina.pushes(Vec::new()).await.epoch, epoch);
        }
    }
}
